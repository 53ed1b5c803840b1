import { setInput } from './insertion.ts';

/** Recalls earlier questions in an empty input: arrow up goes back, arrow down forward. */
export class Recall {
  #index: number | undefined;
  #shown = '';

  /**
   * @param questions Oldest first.
   * @returns whether the key was handled.
   */
  takes(
    { key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent,
    input: HTMLTextAreaElement,
    questions: readonly string[],
  ): boolean {
    if (shiftKey || altKey || ctrlKey || metaKey || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
    const isRecalled = this.#index !== undefined && input.value === this.#shown;
    if (!isRecalled) this.#index = undefined;
    if (!isRecalled && (input.value !== '' || key === 'ArrowDown')) return false;
    const next = (this.#index ?? questions.length) + (key === 'ArrowUp' ? -1 : 1);
    if (next < 0) return isRecalled;
    this.#index = next < questions.length ? next : undefined;
    this.#shown = questions[next] ?? '';
    setInput(input, this.#shown);
    return true;
  }
}
