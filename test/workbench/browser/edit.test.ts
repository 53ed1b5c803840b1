import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import { requestOf } from './replies.ts';

const file = 'typescript/intervals.ts';
const fence = (code: string) => `\`\`\`typescript\n${code}\n\`\`\``;
const first = '  get extent() {\n    return this.ranges.length;\n  }';
const second = '  get extent() {\n    // How many.\n    return this.ranges.length;\n  }';

/** Its end does not come while somebody waits for it. */
const endless = `${second}\n${'// More.\n'.repeat(200)}`;

describe('an edit', () => {
  const window = useWindow();
  let original: string;

  const lens = (name: string) => window().page.locator('.codelens-decoration a', { hasText: name });
  const input = () => window().page.locator('.quick-input-widget');
  const select = async () => {
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
  };

  /** Asks for code whose end does not come; resolves to the request when its first line is written. */
  const begin = async () => {
    const { demo, editor } = window();
    await select();
    demo.reset();
    demo.enqueue({ kind: 'text', text: fence(endless), pace: { charactersPerDelta: 4, deltasPerSecond: 5 } });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Call it extent.');
    const request = await demo.nextRequest();
    await editor.getByText('get extent() {').waitFor();
    return request;
  };

  before(async () => {
    original = await window().savedText(file);
  });

  it('is asked for, refined and undone above the code, by mouse', async () => {
    const { demo, page, editor } = window();
    await select();
    demo.enqueue({ kind: 'text', text: fence(first) });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace .*intervals\.ts:11-13/, 'Call it extent.');
    await editor.getByText('get extent() {').waitFor();
    await lens('Keep').waitFor();
    await window().screenshot('edit-review');

    demo.enqueue({ kind: 'text', text: fence(second), pace: { charactersPerDelta: 4, deltasPerSecond: 5 } });
    await page.locator('.codelens-decoration a:has(.codicon-ellipsis)').click();
    await window().pickQuickly('Refine…');
    await window().answerInputBox(/^Refine .*intervals\.ts:11-13/, 'Say what it is.');
    await lens('Askance is writing').waitFor();
    await window().screenshot('edit-writing');
    await editor.getByText('// How many.').waitFor();
    await lens('Undo').first().waitFor();
    await window().screenshot('edit-refined');
    await lens('Undo').first().click();
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is asked for by an instruction that was used before, with the keyboard alone', async () => {
    const { demo, page, editor } = window();
    await select();
    demo.reset();
    demo.enqueue({ kind: 'text', text: fence(first) });
    await window().runCommand('Askance: Replace selection…');
    await input().getByRole('option', { name: 'Call it extent.' }).waitFor();
    await window().screenshot('edit-instructions');
    // Newest first: what was refined with stands above.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.match(requestOf(await demo.nextRequest()).messages.at(-1)!.content, /\n\nCall it extent\.\n\n/);
    await editor.getByText('get extent() {').waitFor();
    await lens('Keep').first().waitFor();
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('n');
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is refined by its key while its lines are selected, and what it removed shows on hover', async () => {
    const { demo, page, editor } = window();
    await select();
    demo.reset();
    demo.enqueue({ kind: 'text', text: fence(first) });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Call it extent.');
    await lens('Keep').waitFor();
    await window().goToLine(11);
    await window().runCommand('Show or Focus Hover');
    const hover = page.locator('.monaco-hover').filter({ hasText: '-   get size() {' });
    await hover.getByRole('link', { name: 'Undo' }).waitFor();
    await window().screenshot('edit-hover');
    await page.keyboard.press('Escape');
    await select();
    demo.enqueue({ kind: 'text', text: fence(second) });
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('q');
    await window().answerInputBox(/^Refine .*intervals\.ts:11-13/, 'Say what it is.');
    await editor.getByText('// How many.').waitFor();
    // The code lenses may be those of the version before.
    await window().runCommand('Askance: Undo edit');
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is stopped by Escape while it is written', async () => {
    const { page, editor } = window();
    const request = await begin();
    await page.keyboard.press('Escape');
    assert.equal(await request.closed, 'early');
    await editor.getByText('get size() {').waitFor();
    await lens('Askance is writing').waitFor({ state: 'detached' });
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('is taken back when its window is loaded anew in mid-stream', async () => {
    const { editor } = window();
    const request = await begin();
    await window().reload();
    assert.equal(await request.closed, 'early');
    assert.equal(await window().savedText(file), original);
    await editor.getByText('get size() {').waitFor();
    await editor.getByText('get extent() {').waitFor({ state: 'detached' });
    await until('the file is as it was', async () => (await window().savedText(file)) === original);
  });

  it('goes to the chat instead, with the code', async () => {
    const { demo, page, chat } = window();
    await select();
    demo.reset();
    demo.enqueue({ kind: 'text', text: 'It counts them.' });
    await window().runCommand('Askance: Replace selection…');
    await input().locator('input').fill('What does it count?');
    await page.keyboard.press('ControlOrMeta+Enter');
    await chat.getByText('It counts them.').waitFor();
    assert.match(
      requestOf(await demo.nextRequest()).messages.at(-1)!.content,
      /get size\(\)[\s\S]*What does it count\?/,
    );
    assert.equal(await window().savedText(file), original);
  });

  it('that a web page answers is told without a link of that page, whose words are in the details', async () => {
    const { demo, page } = window();
    await select();
    demo.reset();
    demo.enqueue({ kind: 'fault', fault: { kind: 'html' } });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Call it extent.');
    const notification = page.locator('.notification-toast', {
      hasText: 'The server sent a web page instead of an answer',
    });
    await notification.waitFor();
    assert.equal(await notification.locator('.notification-list-item-message a').count(), 0);
    assert.doesNotMatch(await notification.innerText(), /Sign in/);
    await notification.getByRole('button', { name: 'Details' }).click();
    const dialog = page.getByRole('dialog', { name: /sent a web page/ });
    await dialog.getByText(/Sign in \[now\] ?\(command:/).waitFor();
    assert.equal(await dialog.locator('a[href]').count(), 0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});
