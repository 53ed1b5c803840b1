import { indentOf, isBlank, splitLines } from './lines.ts';
import type { Surroundings } from './target.ts';

/** The first lines of the blocks in which the selection stands. */
export function headsAround({ selection, prefix, before }: Surroundings): ReadonlySet<string> {
  const heads = new Set<string>();
  if (!isBlank(prefix)) return heads;
  const first = prefix + (splitLines(selection).find((line) => !isBlank(line)) ?? '');
  let depth = indentOf(first).length;
  let isBrace = false;
  for (const line of before.toReversed()) {
    if (isBlank(line) || (!isBrace && indentOf(line).length >= depth)) continue;
    depth = indentOf(line).length;
    isBrace = line.trim() === '{';
    if (!isBrace) heads.add(headOf(line));
  }
  return heads;
}

/** The line that begins a block, without its brace, which may stand on a line of its own. */
export function headOf(line: string): string {
  const text = line.trim();
  return text.endsWith('{') ? text.slice(0, -1).trimEnd() : text;
}

/** Whether lines say enough to be recognised: closing brackets are alike everywhere. */
export function isTelling(lines: readonly string[]): boolean {
  return lines.some(
    (line) =>
      (line.length >= 6 || /^@\w{3}/.test(line)) &&
      /\p{L}{2}/u.test(line) &&
      !/^(?:end|else|return|break|pass|try|finally|default|do|done|then|begin)\b\W*$/.test(line),
  );
}
