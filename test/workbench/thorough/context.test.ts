import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { useWindow } from '../useWindow.ts';
import { until } from '../browser/expect.ts';
import { requestOf } from '../browser/replies.ts';

describe('context', () => {
  const window = useWindow({ connection: { contextWindow: 4000 } });
  const popup = () => window().chat.getByRole('listbox', { name: 'Context' });
  const composer = () => window().chat.locator('.composer');
  const chip = (text: string | RegExp) =>
    composer().getByRole('list', { name: 'Attached context' }).getByRole('listitem').filter({ hasText: text });
  const lastMessage = async () => requestOf(await window().demo.nextRequest()).messages.at(-1)!.content;
  /** Asks what gets an answer that leaves little room for another question. */
  const fillHistory = async () => {
    window().demo.enqueue({
      kind: 'text',
      text: 'many words '.repeat(2200),
      pace: { charactersPerDelta: 100, deltasPerSecond: Infinity },
    });
    await window().ask('First?');
    await lastMessage();
    await window().answer(0);
  };
  const removeAll = async () => {
    const remove = composer().getByRole('button', { name: /^Remove / });
    for (let count = await remove.count(); count > 0; count--) {
      await remove.first().click();
      await until('a chip is gone', async () => (await remove.count()) < count);
    }
  };

  before(async () => {
    await writeFile(join(window().workspace, '.env'), 'TOKEN=secret\n');
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  it('is offered behind #, and found by typing on', async () => {
    const { page, question } = window();
    await question.pressSequentially('What is #');
    await popup()
      .getByRole('option', { name: /Selection/ })
      .waitFor();
    await window().screenshot('context-popup');
    await question.pressSequentially('wrap');
    const file = popup().getByRole('option').filter({ hasText: 'wrap.py' });
    await file.waitFor();
    assert.equal(await question.getAttribute('aria-activedescendant'), await file.getAttribute('id'));
    await page.keyboard.press('Enter');
    await chip('python/wrap.py').waitFor();
    await popup().waitFor({ state: 'detached' });
    assert.equal(await question.inputValue(), 'What is ');
    assert.equal(window().demo.requests.length, 0);
  });

  it('is closed by Escape, and taken with the arrow keys and Tab', async () => {
    const { page, question } = window();
    await question.pressSequentially('#');
    await popup().waitFor();
    await page.keyboard.press('Escape');
    await popup().waitFor({ state: 'detached' });
    await page.keyboard.press('Backspace');
    await question.pressSequentially('#');
    await popup().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await chip('intervals.ts:11-13').waitFor();
    await question.and(window().chat.locator(':focus')).waitFor();
  });

  it('follows its file until it goes with the question', async () => {
    const { page, question } = window();
    await window().openFile('intervals.ts');
    await window().goToLine(1);
    await page.keyboard.type('// new\n');
    await chip('intervals.ts:12-14').waitFor();
    await window().screenshot('context-chips');
    await question.fill('What is this?');
    await composer()
      .getByText(/^≈ [\d,]+ of 4,000 tokens$/)
      .waitFor();
    await question.press('Enter');
    const content = await lastMessage();
    assert.match(content, /^`python\/wrap\.py`:\n```/);
    assert.match(content, /`typescript\/intervals\.ts`, lines 12-14:\n```typescript\n {2}get size/);
    assert.match(content, /\n\nWhat is this\?$/);
    await window().answer(0);
    assert.equal(await composer().getByRole('listitem').count(), 0);
  });

  it('comes from a pasted path, which then leaves the text', async () => {
    const { page, workspace, question } = window();
    const paste = async (text: string) => {
      await copy(text);
      await question.focus();
      await page.keyboard.press('ControlOrMeta+V');
    };
    await question.fill('see ');
    await paste(join(workspace, 'README.md'));
    await chip('README.md').waitFor();
    await until('the path is gone', async () => (await question.inputValue()) === 'see ');
    await paste('no/such/file.ts');
    await until('the text is there', async () => (await question.inputValue()) === 'see no/such/file.ts');
    await chip('README.md').getByRole('button').first().click();
    await page.getByRole('tab', { name: 'README.md', selected: true }).waitFor();
    await removeAll();
  });

  it('is shown with the request as it would be sent now', async () => {
    const { page, workspace, question } = window();
    await writeFile(join(workspace, 'notes.txt'), 'earlierWords\n');
    await question.fill('');
    await copy(join(workspace, 'notes.txt'));
    await question.focus();
    await page.keyboard.press('ControlOrMeta+V');
    await chip('notes.txt').waitFor();
    await writeFile(join(workspace, 'notes.txt'), 'laterWords\n');
    await window().chat.getByRole('button', { name: 'Preview request' }).click();
    await window().editor.getByText('laterWords').waitFor();
    await removeAll();
  });

  it('that may be secret is asked about once more', async () => {
    const { page, workspace, question } = window();
    await question.fill('');
    await copy(join(workspace, '.env'));
    const dialog = page.getByRole('dialog').filter({ hasText: 'Attach .env?' });
    await question.focus();
    await page.keyboard.press('ControlOrMeta+V');
    await dialog.waitFor();
    await window().screenshot('context-secret');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await chip('.env').count(), 0);
    assert.match(await question.inputValue(), /\.env$/);
    await question.fill('');
    await page.keyboard.press('ControlOrMeta+V');
    await dialog.getByRole('button', { name: 'Attach anyway' }).click();
    await chip('.env').waitFor();
    await removeAll();
  });

  it('is asked about once where it is outside of the workspace, also through a link', async () => {
    const { page, workspace, question } = window();
    const outside = await mkdtemp(join(tmpdir(), 'askance-outside-'));
    await writeFile(join(outside, 'letter.txt'), 'private\n');
    await symlink(join(outside, 'letter.txt'), join(workspace, 'linked.txt'));
    const dialog = page.getByRole('dialog').filter({ hasText: 'outside the workspace' });
    try {
      for (const [path, name] of [
        [join(outside, 'letter.txt'), 'letter.txt'],
        [join(workspace, 'linked.txt'), 'linked.txt'],
      ] as const) {
        await question.fill('');
        await copy(path);
        await question.focus();
        await page.keyboard.press('ControlOrMeta+V');
        await dialog.getByRole('button', { name: 'Attach anyway' }).click();
        await chip(name).waitFor();
        await removeAll();
        await question.fill('');
        await question.focus();
        await page.keyboard.press('ControlOrMeta+V');
        await chip(name).waitFor();
        assert.equal(await dialog.count(), 0);
        await removeAll();
      }
    } finally {
      await rm(join(workspace, 'linked.txt'));
      await rm(outside, { recursive: true });
    }
  });

  it('is dropped from the tab of an editor, while Shift is held', async () => {
    const { page } = window();
    await window().openFile('wrap.py');
    await drag(page.getByRole('tab', { name: 'wrap.py' }), window().question);
    await window().chat.getByText('Drop to attach').waitFor();
    await window().screenshot('context-drop');
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await chip('python/wrap.py').waitFor();
    await removeAll();
  });

  it('is chosen behind the paper clip, several things at a time', async () => {
    const { page } = window();
    await composer().getByRole('button', { name: 'Add context' }).click();
    const picker = page.locator('.quick-input-widget');
    await picker
      .getByRole('checkbox', { name: /README\.md/ })
      .first()
      .waitFor();
    await window().screenshot('context-picker');
    for (const name of ['limiter.go', 'window.rs']) {
      await picker.getByRole('textbox').fill(name);
      await picker
        .getByRole('checkbox', { name: new RegExp(name) })
        .first()
        .click();
    }
    await picker.getByRole('button', { name: 'OK' }).click();
    await chip('limiter.go').waitFor();
    await chip('window.rs').waitFor();
    await removeAll();
  });

  it('comes from the terminal, and the clipboard stays as it was', async () => {
    const { page } = window();
    await page.evaluate("navigator.clipboard.writeText('mine')");
    await window().runCommand('Terminal: Create New Terminal');
    const terminal = page.locator('.terminal-wrapper.active .xterm');
    await terminal.waitFor();
    await page.keyboard.type('echo one two three; touch answered\n');
    await until('the terminal answers', () => existsSync(join(window().workspace, 'answered')));
    await window().runCommand('Terminal: Select All');
    await window().runCommand('Askance: Add terminal selection to Askance');
    await chip(/Terminal/).waitFor();
    assert.equal(await window().clipboard(), 'mine');
    await window().screenshot('context-terminal');
    await removeAll();
  });

  it('and history that are too long are not sent before the user has chosen', async () => {
    const { demo, chat, question } = window();
    await window().runCommand('Askance: New chat');
    await question.fill('');
    await fillHistory();
    const sent = demo.requests.length;
    await window().ask('Second?');
    const group = chat.getByRole('group', { name: 'The question is too long' });
    const leaveOut = group.getByRole('button', { name: 'Omit oldest turn' });
    await leaveOut.and(chat.locator(':focus')).waitFor();
    assert.equal(await question.inputValue(), 'Second?');
    assert.equal(demo.requests.length, sent);
    await window().screenshot('context-too-long');
    await group.getByRole('button', { name: 'Cancel' }).click();
    await group.waitFor({ state: 'detached' });
    await question.press('Enter');
    demo.enqueue({ kind: 'text', text: 'Yes.' });
    await leaveOut.click();
    const { messages } = requestOf(await demo.nextRequest());
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
    assert.equal(messages.at(-1)!.content, 'Second?');
    await window().answer(1);
    await chat.getByText('Sent without the oldest turns of this chat (1).').waitFor();
    assert.equal(await chat.getByRole('button', { name: 'Jump to latest' }).count(), 0);
  });

  it('that became too long is not sent again before the user has chosen', async () => {
    const { demo, chat, page, question } = window();
    await window().runCommand('Askance: New chat');
    await fillHistory();
    await window().ask('Second?');
    await chat.getByRole('button', { name: 'Send anyway' }).click();
    await lastMessage();
    const answer = await window().answer(1);
    const sent = demo.requests.length;
    const dialog = page.getByRole('dialog').filter({ hasText: 'The question is too long' });

    await chat.getByRole('button', { name: 'Edit question' }).last().click();
    const edited = chat.getByRole('textbox', { name: 'Edited question' });
    const edit = async (): Promise<void> => {
      await edited.fill('Second, really?');
      await edited.press('Enter');
    };
    await edit();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await until('the words are kept', async () => (await question.inputValue()) === 'Second, really?');
    await question.fill('');

    // About this question the user has decided already.
    await answer.hover();
    await answer.getByRole('button', { name: 'Regenerate' }).click();
    assert.equal(requestOf(await demo.nextRequest()).messages.length, 4);
    await window().answer(1);
    assert.equal(demo.requests.length, sent + 1);

    await chat.getByRole('button', { name: 'Edit question' }).last().click();
    await edit();
    await dialog.waitFor();
    await window().screenshot('context-too-long-again');
    assert.equal(demo.requests.length, sent + 1);
    await dialog.getByRole('button', { name: 'Omit oldest turn' }).click();
    const { messages } = requestOf(await demo.nextRequest());
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
    await chat.getByText('Sent without the oldest turns of this chat (1).').waitFor();
  });

  async function copy(text: string): Promise<void> {
    await window().page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  async function drag(from: Locator, to: Locator): Promise<void> {
    const { page } = window();
    const [start, end] = await Promise.all([center(from), center(to)]);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 20, start.y + 20, { steps: 5 });
    await page.keyboard.down('Shift');
    await page.mouse.move(end.x, end.y, { steps: 10 });
    await page.mouse.move(end.x + 2, end.y + 2);
  }
});

async function center(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.first().boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
