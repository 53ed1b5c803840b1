import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useWindow } from '../useWindow.ts';
import { requestOf } from '../browser/replies.ts';

describe('the input', () => {
  const window = useWindow('own');

  it('has a word above it when a first question has nothing to be about', async () => {
    const { chat, question } = window();
    await window().runCommand('Askance: Ask about selection');
    await question.and(chat.locator(':focus')).waitFor();
    await chat.getByText('No text editor is active.').waitFor();
  });

  for (const [what, text, sentence] of [
    ['an empty file', '', 'This file is empty'],
    ['five million characters', `${'x'.repeat(99)}\n`.repeat(50_000), 'The selection is too large to send'],
  ] as const) {
    it(`has a word above it when the question would be about ${what}`, async () => {
      const { page, workspace, chat, question, demo } = window();
      await writeFile(join(workspace, 'subject.txt'), text);
      await window().openFile('subject.txt');
      await page.keyboard.press('ControlOrMeta+A');
      await window().runCommand('Askance: Ask about selection');
      await chat.getByText(sentence).waitFor();
      await question.and(chat.locator(':focus')).waitFor();
      assert.equal(await chat.getByRole('list', { name: 'Attached context' }).count(), 0);
      assert.equal(demo.requests.length, 0);
      await window().runCommand('View: Close Editor');
    });
  }

  it('leaves the Enter that ends a composition to the input method', async () => {
    const { page, question, demo } = window();
    await question.focus();
    const ime = await page.context().newCDPSession(page);
    await ime.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    assert.equal(await question.inputValue(), 'にほん');
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await ime.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await ime.send('Input.insertText', { text: '日本' });
    assert.equal(await question.inputValue(), '日本');
    await page.keyboard.press('Enter');
    assert.equal(requestOf(await demo.nextRequest()).messages.at(-1)!.content, '日本');
    assert.equal(demo.requests.length, 1);
    await window().answer(0);
  });

  it('names the folder of a file where the workspace has several', async function () {
    // It loads the window a second time.
    this.timeout(120_000);
    const { page, workspace, chat } = window();
    const file = join(workspace, 'two.code-workspace');
    const folders = [
      { path: join(workspace, 'typescript'), name: 'sets' },
      { path: join(workspace, 'python'), name: 'texts' },
    ];
    await writeFile(file, JSON.stringify({ folders }));
    const url = new URL(page.url());
    url.searchParams.delete('folder');
    url.searchParams.set('workspace', file);
    await window().goTo(url.href);
    await page.getByRole('treeitem', { name: 'texts' }).waitFor();
    await window().openFile('wrap.py');
    await window().selectLines(10, 12);
    await window().runCommand('Askance: Ask about selection');
    await chat
      .getByRole('button', { name: /texts\/wrap\.py:10-12/ })
      .first()
      .waitFor();
  });
});
