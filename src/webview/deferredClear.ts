/**
 * Clears the input one task after sending. Chromium delays postMessage until pending DOM changes are painted; leaving
 * the DOM alone sends about 10 ms sooner.
 */
export class DeferredClear {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether a sent question is still in the input. */
  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** @param left Gets the text typed after the question in the meantime, which stays. */
  begin(input: { value: string }, left: (rest: string) => void): void {
    const sent = input.value;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const rest = input.value.startsWith(sent) ? input.value.slice(sent.length) : input.value;
      input.value = rest;
      left(rest);
    });
  }

  /** The input got another text. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
