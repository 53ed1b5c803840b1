/** Milliseconds of matching in one go: the extension host is every extension's. */
const slice = 20;
/** Milliseconds of matching what a repository wrote. */
const most = 4000;

/** Time for matching paths against patterns, spent in slices between which other work gets its turn. */
export class MatchTime {
  #spent = 0;
  #inSlice = 0;

  /** Matches patterns of a repository. @returns undefined: the time is spent. */
  async spend<Result>(work: () => Result): Promise<Result | undefined> {
    if (this.#spent > most) return undefined;
    return this.take(() => {
      const start = performance.now();
      const result = work();
      this.#spent += performance.now() - start;
      return result;
    });
  }

  /** Matches patterns of the user, who is trusted. */
  async take<Result>(work: () => Result): Promise<Result> {
    if (this.#inSlice > slice) {
      this.#inSlice = 0;
      await new Promise(setImmediate);
    }
    const start = performance.now();
    const result = work();
    this.#inSlice += performance.now() - start;
    return result;
  }
}
