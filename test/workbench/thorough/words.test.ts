import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../browser/expect.ts';
import { requestOf } from '../browser/replies.ts';
import { useWindow } from '../useWindow.ts';

describe('words in the input and in answers', () => {
  const window = useWindow('own');
  const popup = () => window().chat.getByRole('listbox', { name: 'Context' });
  const lastMessage = async () => requestOf(await window().demo.nextRequest()).messages.at(-1)!.content;

  before(async () => {
    await mkdir(join(window().workspace, 'src', 'v1'), { recursive: true });
    await writeFile(join(window().workspace, 'src', 'v1', 'module2.ts'), 'export {};\n');
    await writeFile(join(window().workspace, 'my notes.md'), 'notes\n');
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  for (const question of ['What does issue #12', 'Is #fff a color', 'issue #9999']) {
    it(`are sent by Enter: ${question}`, async () => {
      const { page, question: input } = window();
      await input.focus();
      await page.keyboard.type(question);
      await page.keyboard.press('Enter');
      assert.equal(await lastMessage(), question);
      assert.equal(await input.inputValue(), '');
    });
  }

  it('find a file whose name has a blank', async () => {
    const { page, question, chat } = window();
    await question.pressSequentially('see #my no');
    await popup()
      .getByRole('option', { name: /my notes\.md/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await chat.getByRole('listitem').filter({ hasText: 'my notes.md' }).waitFor();
    assert.equal(await question.inputValue(), 'see ');
    await chat.getByRole('button', { name: /^Remove / }).click();
    await question.fill('');
  });

  it('open the list of context after Chinese text', async () => {
    const { question } = window();
    await question.pressSequentially('请解释#modu');
    await popup()
      .getByRole('option', { name: /module2\.ts/ })
      .waitFor();
    await question.fill('');
  });

  it('that are quoted into the input can be undone, and then those that were typed', async () => {
    const { page, question, demo, chat } = window();
    demo.enqueue({ kind: 'text', text: 'A quotable sentence.' });
    await window().ask('Say something.');
    await demo.nextRequest();
    const sentence = chat.getByText('A quotable sentence.');
    await sentence.waitFor();
    await question.pressSequentially('My long question');
    await sentence.selectText();
    await chat.getByRole('button', { name: /quote/i }).click();
    await until('the quotation is there', async () => (await question.inputValue()).includes('> A quotable sentence.'));
    await page.keyboard.press('ControlOrMeta+Z');
    await until('the quotation is gone', async () => (await question.inputValue()) === 'My long question');
    await question.fill('');
  });

  it('are copied with their formats where a source or code is among them', async () => {
    const { page, demo, chat } = window();
    demo.enqueue({
      kind: 'text',
      text: 'Some **bold** words.\n\n```js\nlet a = 1;\nlet b = 2;\n```\n\n| x | y |\n|---|---|\n| 1 | 2 |',
    });
    await window().ask('Show me.');
    await demo.nextRequest();
    const answer = chat.locator('.answer-text').last();
    await answer.getByText('let b').waitFor();
    const html: readonly string[] = await answer.evaluate(`(element) => {
      getSelection().selectAllChildren(element);
      const clipboardData = new DataTransfer();
      element.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return [clipboardData.getData('text/plain'), clipboardData.getData('text/html')];
    }`);
    assert.match(html[0] ?? '', /let a = 1;\nlet b = 2;/);
    assert.match(html[1] ?? '', /<strong>bold<\/strong>/);
    assert.match(html[1] ?? '', /<pre[^>]*>let a = 1;\nlet b = 2;<\/pre>/);
    assert.match(html[1] ?? '', /<td[^>]*>1<\/td>/);
    assert.doesNotMatch(html[1] ?? '', /<button|class=/);
    await page.keyboard.press('Escape');
  });
});
