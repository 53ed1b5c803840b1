/** Milliseconds for which changes are collected: the most that is lost when the process is killed. */
const gathering = 400;

/** Writes after changes, one write at a time; changes during a write lead to one more write. */
export class DebouncedWriter {
  readonly #write: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;

  /** @param onError Called when a write failed; the next change, or `flush`, tries again. */
  constructor(write: () => Promise<void>, onError: (error: unknown) => void) {
    this.#write = write;
    this.#onError = onError;
  }

  change(): void {
    this.#changed = true;
    if (!this.#writing) this.#timer ??= setTimeout(() => void this.flush(), gathering);
  }

  /** Writes pending changes now. Never rejects. */
  async flush(): Promise<void> {
    this.#clear();
    await this.#writing;
    if (!this.#changed) return;
    this.#writing ??= this.#run();
    await this.#writing;
  }

  /** Discards pending changes. */
  async forget(): Promise<void> {
    this.#changed = false;
    await this.#writing;
    this.#changed = false;
    this.#clear();
  }

  async #run(): Promise<void> {
    this.#changed = false;
    try {
      await this.#write();
    } catch (error) {
      this.#changed = true;
      this.#writing = undefined;
      this.#onError(error);
      return;
    }
    this.#writing = undefined;
    if (this.#changed) this.change();
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
