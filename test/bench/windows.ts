import { BenchWindow } from './benchWindow.ts';
import { shortAnswer } from './cases.ts';
import type { BenchEndpoint } from './endpoint.ts';
import { askance, builtIn } from './timedChats.ts';

/**
 * The window in which is measured; another one after it had to be given up. In that both chats have answered already: what
 * a window's first question costs is measured by itself.
 */
export class Windows implements AsyncDisposable {
  readonly #baseUrl: string;
  readonly #endpoint: BenchEndpoint;
  #window: BenchWindow | undefined;
  #opened = 0;

  constructor(baseUrl: string, endpoint: BenchEndpoint) {
    this.#baseUrl = baseUrl;
    this.#endpoint = endpoint;
  }

  /** What was measured; nothing where that failed, which is said and costs the window. */
  async attempt<T>(what: string, measure: (window: BenchWindow) => Promise<T>): Promise<T | undefined> {
    try {
      return await measure(this.#window ?? (await this.#open()));
    } catch (error) {
      console.log(`  ${what} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      await this.giveUp();
      return undefined;
    }
  }

  async #open(): Promise<BenchWindow> {
    const window = await BenchWindow.open(this.#baseUrl, this.#endpoint);
    // From here on it is ended with the others, whatever fails.
    this.#window = window;
    this.#opened += 1;
    if (this.#opened > 1) for (const chat of [askance, builtIn]) await window.ask(chat, shortAnswer);
    return window;
  }

  /** The window is busy with what nobody waits for any more. */
  async giveUp(): Promise<void> {
    const window = this.#window;
    this.#window = undefined;
    await window?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.giveUp();
  }
}
