/** Milliseconds of matching in one go: the extension host is every extension's. */
const slice = 20;
/** Milliseconds of matching altogether. */
const most = 2000;

/** Time for matching paths against patterns, spent in slices between which other work gets its turn. */
export class MatchTime {
  #spent = 0;
  #inSlice = 0;

  /** @returns what the work gives; undefined: the time is spent. */
  async spend<Result>(work: () => Result): Promise<Result | undefined> {
    if (this.#inSlice > slice) {
      this.#inSlice = 0;
      await new Promise(setImmediate);
    }
    if (this.#spent > most) return undefined;
    const start = performance.now();
    const result = work();
    const time = performance.now() - start;
    this.#spent += time;
    this.#inSlice += time;
    return result;
  }
}
