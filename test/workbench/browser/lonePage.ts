import type { Page } from 'playwright-core';
import type { ToHost, ToPage, TurnView } from '../../../src/shared/protocol.ts';
import { launchBrowser } from '../browser.ts';
import { until } from './expect.ts';
import { pageBundle } from './pageBundle.ts';

/** The chat's page alone in a browser, without VS Code: a test tells it what the host would, and sees what it tells. */
export class LonePage implements AsyncDisposable {
  readonly page: Page;
  readonly #resources: AsyncDisposableStack;
  #sequence = 0;

  private constructor(page: Page, resources: AsyncDisposableStack) {
    this.page = page;
    this.#resources = resources;
  }

  /** @param state What an earlier page remembered; `remembered` in the page holds what this one does. */
  static async open(state?: unknown): Promise<LonePage> {
    await using resources = new AsyncDisposableStack();
    const { script, style } = await pageBundle('src/webview/main.tsx');
    const browser = resources.use(await launchBrowser());
    const page = await browser.newPage();
    await page.evaluate(
      `globalThis.told = []; globalThis.remembered = []; globalThis.acquireVsCodeApi = () => ({
        postMessage: (message) => told.push(message),
        getState: () => (${JSON.stringify(state)}),
        setState: (state) => remembered.push(state),
      })`,
    );
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script });
    return new LonePage(page, resources.move());
  }

  /** Tells the page; resolves when it has shown it. */
  async tell(...messages: readonly ToPage[]): Promise<void> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    await this.page.evaluate(`postMessage(${JSON.stringify({ sequence, messages })}, '*')`);
    await until('the page has shown it', async () =>
      (await this.told('taken')).some((message) => message.sequence === sequence),
    );
  }

  /** What the page told of this kind so far. */
  async told<T extends ToHost['type']>(type: T): Promise<readonly Extract<ToHost, { type: T }>[]> {
    const all = await this.page.evaluate<readonly ToHost[]>('told');
    return all.filter((message): message is Extract<ToHost, { type: T }> => message.type === type);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

type Snapshot = Extract<ToPage, { type: 'snapshot' }>;

/** A page with these turns, on which nothing was set or written. */
export function snapshot(turns: readonly TurnView[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    page: 'view',
    conversation: 'c',
    turns,
    draft: { text: '', attachments: [] },
    readiness: { kind: 'noConnection' },
    parameters: {},
    fontSize: 0,
    strings: {},
    ...more,
  };
}
