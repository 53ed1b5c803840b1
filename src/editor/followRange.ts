import { shiftRange, type OffsetRange, type ShiftedRange, type TextChange } from './offsets.ts';

/** Finds out what a range would hold after the changes. */
type TextAt = (range: OffsetRange) => string;

/**
 * The range after the changes of one event, as `shiftRange` has it; but an insertion at its edge belongs to it where the
 * range then holds a text that it is known to have held: it undoes a removal.
 * @param known What the range held at first and what was written there.
 */
export function followRange(
  range: OffsetRange,
  changes: readonly TextChange[],
  known: ReadonlySet<string>,
  textAt: TextAt,
): ShiftedRange {
  const shifted = shiftRange(range, changes);
  const whole = widened(range, shifted, changes).find((wider) => known.has(textAt(wider)));
  return whole ? { ...whole, touched: true } : shifted;
}

/** The range with what was inserted at both edges, or at one of them. */
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
