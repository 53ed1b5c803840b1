import type { Window } from '../workbench/window.ts';
import type { Watchable } from './watch.ts';

/** A chat of the window as a user works with it. */
export interface TimedChat extends Watchable {
  readonly name: string;
  /** Shows the chat with nothing in it but the question, typed and not yet sent. */
  prepare(window: Window, question: string): Promise<void>;
}

/** Milliseconds between two keys: who is fast at it types 200 words a minute. */
const typing = { delay: 60 };

export const askance: TimedChat = {
  name: 'Askance',
  document: `document.querySelector('iframe.webview.ready')?.contentDocument?.querySelector('#active-frame')?.contentDocument`,
  answers: 'article[aria-label="Answer"]',
  async prepare(window, question) {
    if (!(await window.question.isVisible())) await window.runCommand('Askance: Focus chat');
    if ((await window.chat.getByRole('article').count()) > 0) {
      await window.runCommand('Askance: New chat');
      await window.chat.getByRole('article').first().waitFor({ state: 'detached' });
    }
    // Another chat that is still taking the focus would close the palette.
    await window.question.click();
    await window.page.keyboard.type(question, typing);
  },
};

export const builtIn: TimedChat = {
  name: "VS Code's chat",
  document: 'document',
  answers: '.interactive-item-container.interactive-response',
  async prepare({ page }, question) {
    const input = page.locator('.interactive-input-part .monaco-editor').first();
    if (!(await input.isVisible())) await page.keyboard.press('ControlOrMeta+Alt+I');
    // Its model is found some time after the window has opened.
    await page.getByRole('button', { name: 'Models, M' }).first().waitFor();
    const answers = page.locator(this.answers);
    if ((await answers.count()) > 0) {
      await page
        .getByRole('button', { name: /^New Chat \(/ })
        .first()
        .click();
      await answers.first().waitFor({ state: 'detached' });
    }
    await input.click();
    await page.keyboard.type(question, typing);
    await input.getByText(question).waitFor();
  },
};
