import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from '../browser/expect.ts';
import { longAnswer } from '../browser/replies.ts';
import { useWindow } from '../useWindow.ts';

describe('a conversation in a place of its own', () => {
  const window = useWindow('own');
  const chatIn = (page: Page, index: number) =>
    page.frameLocator('iframe.webview.ready').nth(index).frameLocator('#active-frame');

  it('opens in a window of its own, and answers there', async () => {
    const { page, demo } = window();
    await window().runCommand('Askance: Focus chat');
    demo.enqueue({ kind: 'text', text: 'The first answer.' });
    await window().ask('First?');
    await window().answer(0);
    const opened = page.context().waitForEvent('page');
    await window().runCommand('Askance: Open chat in new window');
    const other = await opened;
    await chatIn(other, 0).getByText('The first answer.').waitFor();
    demo.enqueue({ kind: 'text', text: 'The second answer.' });
    const question = chatIn(other, 0).getByRole('textbox', { name: 'Question' });
    await question.fill('Second?');
    await question.press('Enter');
    await chatIn(other, 0).getByText('The second answer.').waitFor();
    await other.screenshot({ path: 'test/output/screenshots/chat-in-window.png' });
    await other.close();
  });

  it('is back in its editor tab after the window was loaded anew', async function () {
    this.timeout(240_000);
    const { page } = window();
    await window().runCommand('Askance: Open chat in editor');
    await page.getByRole('tab', { name: 'First?', exact: true }).waitFor();
    await until('VS Code has noted the tab', () => page.evaluate<boolean>(isTabNoted));
    await window().reload();
    await page.getByRole('tab', { name: 'First?', exact: true }).waitFor();
    await chatIn(page, 0).getByText('The first answer.').waitFor();
  });

  it('takes what is typed while an answer streams', async () => {
    const { page, demo } = window();
    await page.setViewportSize({ width: 1280, height: 800 });
    await window().runCommand('View: Close All Editors');
    await window().runCommand('Askance: New chat');
    await window().runCommand('Askance: Focus chat');
    demo.enqueue(longAnswer);
    await window().ask('Count.');
    await window()
      .chat.getByText(/one two three four/)
      .waitFor();
    await page.keyboard.type('And what comes after that?');
    assert.equal(await window().question.inputValue(), 'And what comes after that?');
    await window().chat.locator('[aria-busy="true"]').waitFor();
    await page.keyboard.press('Escape');
    await window()
      .chat.getByText(/stopped/i)
      .first()
      .waitFor();
    assert.equal(await window().question.inputValue(), 'And what comes after that?');
  });

  it('fits where everything is twice as large', async () => {
    const { page, chat } = window();
    // What a zoom of 200 % leaves of the window.
    await page.setViewportSize({ width: 640, height: 400 });
    await chat.getByRole('button', { name: /^Send/ }).waitFor();
    const [wide, seen] = (await chat.locator('body').evaluate((body) => [body.scrollWidth, body.clientWidth])) as [
      number,
      number,
    ];
    assert.ok(wide <= seen, `${wide} pixels in ${seen}`);
    await window().screenshot('zoomed');
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

/**
 * Whether the editors that VS Code would open in this window again hold a chat, and what its page noted of itself. It writes
 * them every few seconds. That of a window of its own, which is written beside them, does not count.
 */
const isTabNoted = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    const value = database.objectStoreNames.contains('ItemTable')
      ? await done(database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor'))
      : undefined;
    database.close();
    const editors = value && JSON.parse(value)['editorpart.state'];
    const written = editors ? JSON.stringify(editors).replaceAll('\\\\', '') : '';
    if (/mainThreadWebview-askance\\.chatPanel.*"state":"?\\{"page":/.test(written)) return true;
  }
  return false;
})()`;
