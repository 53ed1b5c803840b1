/** Lines of the old text among which a new line is looked for. */
const lookahead = 50;

/** Shorter lines, like a lone brace, stand in too many places to tell where the new text meets the old again. */
const telling = /\S.*\S.*\S/;

/** The lines that new ones take the place of, each with its line break. */
export class OldLines {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  }

  /**
   * How many old lines stand before the one that equals the new line; `undefined`: none does near.
   * @param line With its line break.
   * @param from Index of the first old line that has not been passed.
   */
  find(line: string, from: number): number | undefined {
    if (this.#lines[from] === line) return 0;
    if (!telling.test(line)) return undefined;
    const index = this.#lines.slice(from, from + lookahead).indexOf(line);
    return index === -1 ? undefined : index;
  }

  /** The lines from one index up to another, not included, or to the end. */
  text(from: number, to?: number): string {
    return this.#lines.slice(from, to).join('');
  }
}
