import { linesOf } from './lineDiff.ts';

/** A line that took the place of another. */
export interface ChangedLine {
  /** Its index among the new lines. */
  readonly index: number;
  /** The line that it replaced, without its line break. */
  readonly before: string;
}

/** More lines than these are read in a column of their own. */
const most = 8;

/**
 * The lines that changed, where each new line took the place of one old line: then the old one can be shown at it.
 * Absent: lines went that have no such place.
 */
export function changedLines(before: string, now: string): readonly ChangedLine[] | undefined {
  const old = linesOf(before).map(withoutBreak);
  const fresh = linesOf(now).map(withoutBreak);
  if (old.length !== fresh.length || old.length === 0 || old.length > most) return undefined;
  const pairs = old.map((line, index) => ({ index, before: line, now: fresh[index] ?? '' }));
  const changed = pairs.filter((pair) => pair.before !== pair.now);
  const isClear = pairs.length === 1 || changed.every((pair) => resembles(pair.before.trim(), pair.now.trim()));
  const isSeen = changed.every((pair) => pair.before.trim() !== '');
  return isClear && isSeen ? changed.map(({ index, before: line }) => ({ index, before: line })) : undefined;
}

/** The removed lines as the body of a `diff` block. @param limit The most lines that are shown. */
export function asDiff(before: string, limit: number): string {
  const lines = linesOf(before).map((line) => `- ${withoutBreak(line)}`);
  return [...lines.slice(0, limit), ...(lines.length > limit ? ['…'] : [])].join('\n');
}

/** Whether at least a third of the longer line is in both, at its start and at its end. */
function resembles(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  let above = 0;
  while (above < short.length && short[above] === long[above]) above += 1;
  let below = 0;
  while (below < short.length - above && short.at(-1 - below) === long.at(-1 - below)) below += 1;
  return (above + below) * 3 >= long.length;
}

function withoutBreak(line: string): string {
  return line.replace(/\r?\n$/, '');
}
