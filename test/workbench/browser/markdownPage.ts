import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { pageBundle } from './pageBundle.ts';

/** A browser that shows generated Markdown as the chat's page does. */
export class MarkdownPage implements AsyncDisposable {
  readonly #page: Page;
  readonly #resources: AsyncDisposableStack;

  private constructor(page: Page, resources: AsyncDisposableStack) {
    this.#page = page;
    this.#resources = resources;
  }

  static async open(): Promise<MarkdownPage> {
    await using resources = new AsyncDisposableStack();
    const { script } = await pageBundle('test/workbench/browser/inPage/fuzzMarkdown.ts');
    const browser = resources.use(await launchBrowser());
    const page = await browser.newPage();
    await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })');
    await page.addScriptTag({ content: script });
    await page.evaluate('ready');
    return new MarkdownPage(page, resources.move());
  }

  /** Shows what so many seeds make, from the first on; tells the first that does not hold, if any. */
  fuzz(first: number, count: number): Promise<string | undefined> {
    return this.#page.evaluate<string | undefined>(`fuzzMarkdown(${first}, ${count})`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
