/** Milliseconds of matching at a time: all extensions share the extension host. */
const slice = 20;
/** Milliseconds in total for patterns from a repository. */
const most = 4000;

/** A time budget for matching paths against patterns, spent in slices with other work in between. */
export class MatchTime {
  #spent = 0;
  #inSlice = 0;

  /**
   * Matches a repository's patterns.
   * @returns undefined if the budget is used up.
   */
  async spend<Result>(work: () => Result): Promise<Result | undefined> {
    if (this.#spent > most) return undefined;
    return this.take(() => {
      const start = performance.now();
      const result = work();
      this.#spent += performance.now() - start;
      return result;
    });
  }

  /** Matches the user's own patterns, without a budget. */
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
