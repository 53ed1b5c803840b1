/** Number of old lines searched for a new line. */
const lookahead = 50;

/** Shorter lines, like a lone brace, are too frequent to align the new text with the old. */
const telling = /\S.*\S.*\S/;

/** The lines that new ones replace, including their line breaks. */
export class OldLines {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  }

  /**
   * How many old lines precede the one equal to the new line; undefined if there is none nearby.
   * @param line With its line break.
   * @param from Index of the first old line that hasn't been passed.
   */
  find(line: string, from: number): number | undefined {
    if (this.#lines[from] === line) return 0;
    if (!telling.test(line)) return undefined;
    const index = this.#lines.slice(from, from + lookahead).indexOf(line);
    return index === -1 ? undefined : index;
  }

  /** The lines from one index to another (exclusive), or to the end. */
  text(from: number, to?: number): string {
    return this.#lines.slice(from, to).join('');
  }
}
