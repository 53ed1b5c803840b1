import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import { requestOf } from './replies.ts';
import type { Locator } from 'playwright-core';

const file = 'typescript/intervals.ts';
const renamed =
  '```typescript\nget extent() {\n  return this.ranges.reduce((sum, { start, end }) => sum + (end - start), 0);\n}\n```';

describe('code from an answer', () => {
  const window = useWindow();
  let original: string;

  before(async () => {
    original = await window().savedText(file);
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().runCommand('Askance: Ask about selection');
    window().demo.enqueue({ kind: 'text', text: `Call it extent:\n\n${renamed}` });
    await window().ask('Rename it to extent.');
    await window().answer(0);
  });

  it('is copied as it stands', async () => {
    const { chat } = window();
    await chat.getByRole('button', { name: 'Copy', exact: true }).click();
    await until('the code is on the clipboard', async () => (await window().clipboard()).startsWith('get extent() {'));
  });

  it('has the colours that the editor gives the same words', async () => {
    const { chat, editor } = window();
    const word = { hasText: /^return$/ };
    const color = async (words: Locator): Promise<string> =>
      words.last().evaluate((word) => String(word.ownerDocument.defaultView?.getComputedStyle(word).color));
    const inEditor = await color(editor.locator('span', word));
    assert.equal(await color(chat.locator('pre code span', word)), inEditor);
    assert.notEqual(await color(chat.locator('pre code')), inEditor);
  });

  it('replaces the selection that was asked about, indented as it was, in one undo step', async () => {
    const { chat, page, editor } = window();
    await chat.getByRole('button', { name: /^Replace .*intervals\.ts:11-13/ }).click();
    await editor.getByText('get extent() {').waitFor();
    await until(
      'the file is saved with the new code',
      async () => (await window().savedText(file)) === original.replace('  get size() {', '  get extent() {'),
    );
    await window().screenshot('replaced');
    await editor.getByText('get extent() {').click();
    await page.keyboard.press('ControlOrMeta+Z');
    await editor.getByText('get size() {').waitFor();
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is inserted at the cursor, indented as the line there', async () => {
    const { chat, page, editor } = window();
    await window().goToLine(14);
    await chat.getByRole('button', { name: 'Insert at cursor' }).click();
    await until('the file holds the code twice', async () =>
      (await window().savedText(file)).includes('get extent() {'),
    );
    await editor.getByText('get extent() {').click();
    await page.keyboard.press('ControlOrMeta+Z');
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is compared with the file as Replace would leave it', async () => {
    const { chat, page } = window();
    await chat.getByRole('button', { name: /^Compare with .*intervals\.ts:11-13/ }).click();
    await page.getByRole('tab', { name: 'intervals.ts (current and proposed)', selected: true }).waitFor();
    const proposed = page.locator('.monaco-diff-editor .modified .view-line');
    await proposed.filter({ hasText: 'get extent() {' }).waitFor();
    await window().screenshot('compare');
    assert.equal(await window().savedText(file), original);
    await window().runCommand('View: Close Editor');
  });

  it('becomes a new file in its language', async () => {
    const { chat, page, editor } = window();
    await chat.getByRole('button', { name: 'New file' }).click();
    await page.getByRole('tab', { name: /^get extent|^Untitled-1/, selected: true }).waitFor();
    await editor.getByText('get extent() {').waitFor();
    await page.getByRole('button', { name: 'TypeScript', exact: true }).waitFor();
    await window().screenshot('new-file');
    await window().openFile('intervals.ts');
  });

  it('is put into a terminal, where nothing runs before Enter', async () => {
    const { chat, page, demo } = window();
    demo.enqueue({ kind: 'text', text: '```bash\ncd python\necho ran >ran.txt\u0003\n```' });
    await window().ask('How do I run it?');
    const answer = await window().answer(1);
    assert.equal(await chat.getByRole('button', { name: 'Insert into terminal' }).count(), 1);
    await answer.getByRole('button', { name: 'Insert into terminal' }).click();
    await page.getByText('1 control character was removed from the command.', { exact: false }).first().waitFor();
    await page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
    await window().screenshot('terminal');
    await assert.rejects(window().savedText('python/ran.txt'), { code: 'ENOENT' });
    // What is typed may come to the shell's prompt after the focus: Enter on an empty line does nothing.
    await until('the command ran', async () => {
      await page.keyboard.press('Enter');
      return (
        (await window()
          .savedText('python/ran.txt')
          .catch(() => '')) === 'ran\n'
      );
    });
    await window().openFile('intervals.ts');
  });

  it('takes the place of a selection by an instruction, to be kept or undone', async () => {
    const { demo, editor } = window();
    demo.reset();
    await window().selectLines(11, 13);
    demo.enqueue({ kind: 'text', text: renamed });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace .*intervals\.ts:11-13/, 'Rename it to extent.');
    assert.match(requestOf(await demo.nextRequest()).messages.at(-1)!.content, /Rename it to extent\./);
    await editor.getByText('get extent() {').waitFor();
    await window().screenshot('review');
    await window().runCommand('Askance: Undo edit');
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is offered in the panel and not written when the reply is not clearly one piece of code', async () => {
    const { demo, chat } = window();
    await window().selectLines(11, 13);
    demo.enqueue({ kind: 'text', text: 'I am not sure what you mean. Could you say more?' });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace .*intervals\.ts:11-13/, 'Improve it.');
    await chat.getByText('Could you say more?').waitFor();
    assert.equal(await window().savedText(file), original);
  });
});
