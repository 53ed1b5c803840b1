import type { LineDiff } from './lineDiff.ts';
import { shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/** A problem that a language service reports in a text. */
export interface Problem extends OffsetRange {
  /** The service, and its code for this kind of problem. */
  readonly kind: string;
  readonly message: string;
}

/** A text, and what is reported in it. */
export interface Reported<One extends Problem = Problem> {
  readonly text: string;
  readonly problems: readonly One[];
}

/**
 * The problems that were not there before. One is the same as before where its kind, its message and its place are the
 * same: the place of a line that stayed moves along with it, and in lines that changed it is any place in them. In a line
 * that stayed the numbers in the message may differ, for they often are line numbers.
 */
export function newProblems<One extends Problem>(
  before: Reported,
  now: Reported<One>,
  lineDiff: LineDiff,
): readonly One[] {
  const changes = lineDiff(before.text, now.text, 0);
  const places = changedRanges(changes);
  const placeOf = (range: OffsetRange): number => places.findIndex((place) => meets(place, range));
  const moved = before.problems.map((problem) => ({ ...problem, ...shiftRange(problem, changes) }));
  const stayed = moved.filter(({ touched }) => !touched);
  const replaced = moved.filter(({ touched }) => touched);
  const unplaced = without(now.problems, stayed, (one) => `${one.start} ${one.kind} ${withoutNumbers(one.message)}`);
  const changed = unplaced.filter((one) => placeOf(one) !== -1);
  const inOtherLines = unplaced.filter((one) => placeOf(one) === -1);
  return [...inOtherLines, ...without(changed, replaced, ({ kind, message }) => `${kind} ${message}`)].toSorted(
    (one, other) => one.start - other.start,
  );
}

/** The problems but for one for each of the others that has the same key. */
function without<One extends Problem>(
  problems: readonly One[],
  others: readonly Problem[],
  key: (problem: Problem) => string,
): readonly One[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(key(other), (counts.get(key(other)) ?? 0) + 1);
  return problems.filter((problem) => {
    const count = counts.get(key(problem)) ?? 0;
    counts.set(key(problem), count - 1);
    return count <= 0;
  });
}

/** The problems in lines that are not in the text before. */
export function problemsInNewLines<One extends Problem>(
  before: string,
  now: Reported<One>,
  lineDiff: LineDiff,
): readonly One[] {
  const places = changedRanges(lineDiff(before, now.text, 0));
  return now.problems.filter((one) => places.some((place) => meets(place, one)));
}

/** Where the changes are in the text that they lead to. */
function changedRanges(changes: readonly TextChange[]): readonly OffsetRange[] {
  let growth = 0;
  return changes.map(({ rangeOffset, rangeLength, text }) => {
    const start = rangeOffset + growth;
    growth += text.length - rangeLength;
    return { start, end: start + text.length };
  });
}

function meets(place: OffsetRange, { start, end }: OffsetRange): boolean {
  return (
    start <= place.end && place.start <= end && (start < place.end || end > place.start || place.start === place.end)
  );
}

function withoutNumbers(message: string): string {
  return message.replaceAll(/\d+/g, '#');
}
