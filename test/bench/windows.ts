import { BenchWindow } from './benchWindow.ts';
import type { BenchEndpoint } from './endpoint.ts';

/** The window in which is measured; another one after it had to be given up. */
export class Windows implements AsyncDisposable {
  readonly #baseUrl: string;
  readonly #endpoint: BenchEndpoint;
  #window: BenchWindow | undefined;

  constructor(baseUrl: string, endpoint: BenchEndpoint) {
    this.#baseUrl = baseUrl;
    this.#endpoint = endpoint;
  }

  /** What was measured; nothing where that failed, which is said and costs the window. */
  async attempt<T>(what: string, measure: (window: BenchWindow) => Promise<T>): Promise<T | undefined> {
    try {
      this.#window ??= await BenchWindow.open(this.#baseUrl, this.#endpoint);
      return await measure(this.#window);
    } catch (error) {
      console.log(`  ${what} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      await this.giveUp();
      return undefined;
    }
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
