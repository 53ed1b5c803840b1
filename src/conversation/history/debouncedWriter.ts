/** Milliseconds that changes are gathered before they are written: what is lost at most when the process is killed. */
const gathering = 400;

/** Writes what changes: one write at a time, and what changes meanwhile is one write more. */
export class Coalesced {
  readonly #write: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;

  /** @param onError Told of a write that failed; the next change, or `flush`, tries again. */
  constructor(write: () => Promise<void>, onError: (error: unknown) => void) {
    this.#write = write;
    this.#onError = onError;
  }

  change(): void {
    this.#changed = true;
    if (!this.#writing) this.#timer ??= setTimeout(() => void this.flush(), gathering);
  }

  /** Writes what is not written yet. Never rejects. */
  async flush(): Promise<void> {
    this.#clear();
    await this.#writing;
    if (!this.#changed) return;
    this.#writing ??= this.#run();
    await this.#writing;
  }

  /** Writes nothing of what changed until now. */
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
