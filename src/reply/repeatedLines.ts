// Signs that code holds lines from around the selection, where no rule can tell which are its own.
import { essence, isBlank } from './lines.ts';
import { isTelling } from './heads.ts';
import type { Surroundings } from './target.ts';

/** Whether code begins as the document does: with a line that a file has once, and others that it changed. */
export function startsDocument(lines: readonly string[], { selection, before }: Surroundings): boolean {
  const own = essence(selection);
  const first = lines.find((line) => !isBlank(line))?.trim() ?? '';
  const isFirst = before.find((line) => !isBlank(line))?.trim() === first;
  return isFirst && own.length > 0 && !own.includes(first) && isTelling([first]);
}

/**
 * Whether the code stands between the two lines that the selection stands between, like a pair of tags: it cannot be
 * told whether another pair is meant.
 */
export function isInPair(
  lines: readonly string[],
  { selection, prefix, suffix, before, after }: Surroundings,
): boolean {
  const [own] = essence(selection);
  if (own === undefined || !isBlank(prefix + suffix)) return false;
  const [first, ...others] = essence(lines.join('\n'));
  const [above] = essence(before.join('\n')).slice(-1);
  const [below] = essence(after.join('\n'));
  return first !== undefined && first === above && others.at(-1) === below && first !== own && first !== below;
}

/** Whether two words at the end close the same block. */
export function closesTwice(lines: readonly string[]): boolean {
  const [last, previous] = lines.filter((line) => !isBlank(line)).toReversed();
  return last !== undefined && last.trim() === 'end' && previous?.trimEnd() === last.trimEnd();
}
