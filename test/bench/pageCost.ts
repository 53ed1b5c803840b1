import type { CDPSession, Page } from 'playwright-core';

/** What the window's page has spent so far. */
export interface PageCost {
  /** Seconds of its main thread in scripts, and in tasks of any kind. */
  readonly script: number;
  readonly task: number;
  /** Bytes that scripts hold after a collection. */
  readonly heap: number;
}

/** Reads, over the devtools protocol, what a page costs; the frames in it run in its process. */
export class PageMeter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new PageMeter(session);
  }

  async read(): Promise<PageCost> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { script: value('ScriptDuration'), task: value('TaskDuration'), heap: value('JSHeapUsedSize') };
  }
}
