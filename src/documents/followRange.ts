import { reachesAcross, shiftRange, type OffsetRange, type ShiftedRange, type TextChange } from './offsets.ts';

/** A range and its known state. */
export interface KnownRange extends OffsetRange {
  /** Its text. */
  readonly text: string;
  /** The whole lines that contain it. */
  readonly lines: { readonly start: number; readonly text: string };
  /** Its original text and all texts written there. */
  readonly known: ReadonlySet<string>;
  /** A change replaced it with everything around it, so its offsets don't identify it. */
  readonly isLost: boolean;
}

/** A range after a change. */
export interface FollowedRange extends ShiftedRange {
  readonly isLost: boolean;
  /**
   * The changes relative to the range: one that replaced everything around it is split into one before and one after
   * it.
   */
  readonly changes: readonly TextChange[];
}

/** Reads what a range would contain after the changes. */
type TextAt = (range: OffsetRange) => string;

/**
 * The range after the changes of one event, like `shiftRange`, with two exceptions. An insertion at its edge belongs to
 * it if the range then has a text it is known to have had: it undoes a removal. And if a change replaced the range with
 * text around it, as a reload or a formatter may, the range is where its text occurs in the new text; it is lost if
 * that is ambiguous.
 */
export function followRange(range: KnownRange, seen: readonly TextChange[], textAt: TextAt): FollowedRange {
  // A reload replaces whole lines.
  const changes = seen.map((change) => (holds(change, range) ? trimmed(change, range) : change));
  const around = changes.find((change) => holds(change, range));
  if (around) return foundIn(range, around, changes) ?? { ...shiftRange(range, changes), changes, isLost: true };
  const shifted = shiftRange(range, changes);
  if (range.isLost) return { ...shifted, changes, isLost: true };
  const whole = widened(range, shifted, changes).find((wider) => range.known.has(textAt(wider)));
  return { ...(whole ? { ...whole, touched: true } : shifted), changes, isLost: false };
}

/** Whether a change replaced more than the range, or the area in which a lost range is. */
function holds(change: TextChange, range: KnownRange): boolean {
  const { rangeOffset, rangeLength } = change;
  const covers = rangeOffset <= range.start && range.end <= rangeOffset + rangeLength;
  return covers && (range.isLost || reachesAcross(range, change));
}

/** The change without its unchanged ends, as far as these are known. */
function trimmed(change: TextChange, { lines }: KnownRange): TextChange {
  const { rangeOffset, rangeLength, text } = change;
  const from = rangeOffset - lines.start;
  if (from < 0 || from + rangeLength > lines.text.length) return change;
  const removed = lines.text.slice(from, from + rangeLength);
  const most = Math.min(removed.length, text.length);
  let above = 0;
  while (above < most && removed[above] === text[above]) above += 1;
  let below = 0;
  while (below < most - above && removed.at(-1 - below) === text.at(-1 - below)) below += 1;
  return {
    rangeOffset: rangeOffset + above,
    rangeLength: rangeLength - above - below,
    text: text.slice(above, text.length - below),
  };
}

function foundIn(
  { start, end, text: before, known }: KnownRange,
  around: TextChange,
  changes: readonly TextChange[],
): FollowedRange | undefined {
  const { rangeOffset, rangeLength, text: inserted } = around;
  const text = [before, ...known].find((one) => one !== '' && isOnce(one, inserted));
  if (text === undefined) return undefined;
  const at = inserted.indexOf(text);
  const others = changes.filter((change) => change !== around);
  const parts = [
    { rangeOffset, rangeLength: start - rangeOffset, text: inserted.slice(0, at) },
    ...(text === before ? [] : [{ rangeOffset: start, rangeLength: end - start, text }]),
    { rangeOffset: end, rangeLength: rangeOffset + rangeLength - end, text: inserted.slice(at + text.length) },
  ];
  const moved = others.reduce(
    (sum, other) => (other.rangeOffset < rangeOffset ? sum + other.text.length - other.rangeLength : sum),
    rangeOffset + at,
  );
  return {
    start: moved,
    end: moved + text.length,
    touched: text !== before,
    isLost: false,
    changes: [...others, ...parts.filter((part) => part.rangeLength > 0 || part.text !== '')],
  };
}

function isOnce(text: string, whole: string): boolean {
  const at = whole.indexOf(text);
  return at !== -1 && at === whole.lastIndexOf(text);
}

/** The range including insertions at one or both edges. */
function widened(range: OffsetRange, { start, end }: OffsetRange, changes: readonly TextChange[]): OffsetRange[] {
  const insertedAt = (offset: number): number =>
    changes.reduce(
      (sum, change) => (change.rangeOffset === offset && change.rangeLength === 0 ? sum + change.text.length : sum),
      0,
    );
  const above = insertedAt(range.start);
  const below = range.start === range.end ? 0 : insertedAt(range.end);
  const ranges: OffsetRange[] = [];
  if (above > 0) ranges.push({ start: start - above, end: end + below });
  if (above > 0 && below > 0) ranges.push({ start: start - above, end });
  if (below > 0) ranges.push({ start, end: end + below });
  return ranges;
}
