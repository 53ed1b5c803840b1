/** The lines of a text, whatever ends them. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The white space that a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** How wide white space at the start of a line is, in columns. */
export function widthOf(indent: string, tabSize: number): number {
  let width = 0;
  for (const character of indent) width += character === '\t' ? tabSize - (width % tabSize) : 1;
  return width;
}

/** Trimmed lines that are not blank: what is compared where indentation and spacing may differ. */
export function essence(text: string): string[] {
  return splitLines(text)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The words and numbers of a text. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

/** How much two texts share, from 0 to 1: Dice's coefficient over their words. */
export function similarity(a: string, b: string): number {
  const left = wordsOf(a);
  const right = wordsOf(b);
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count > 0) shared++;
    counts.set(word, count - 1);
  }
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

/** What is before a line's code: some models indent with no-break spaces, or put invisible characters there. */
export function looseIndentOf(line: string): string {
  return /^[ \t\u00A0\u200B\uFEFF]*/.exec(line)?.[0] ?? '';
}
