/** Runs work one at a time; requests during a run lead to one more run. */
export class LatestOnly {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  run(): void {
    this.#again = true;
    this.#running ??= this.#loop();
  }

  /** Resolves when nothing is left to do; rejects if the work failed. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #loop(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#work();
      }
    } finally {
      this.#running = undefined;
    }
  }
}
