/**
 * Empties an input whose question was sent, one task later. Chromium holds a page's messages back until it has painted
 * what a key changed: as long as nothing changes, the question is out ten milliseconds earlier.
 */
export class DeferredClear {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether a question that was sent still stands in the input. */
  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** @param left Gets what was typed behind the question meanwhile, which stays. */
  begin(input: { value: string }, left: (rest: string) => void): void {
    const sent = input.value;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const rest = input.value.startsWith(sent) ? input.value.slice(sent.length) : input.value;
      input.value = rest;
      left(rest);
    });
  }

  /** Another text has come into the input. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
