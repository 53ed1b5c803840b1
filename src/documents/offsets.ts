/** A range of UTF-16 offsets; `start` is inclusive, `end` exclusive. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** A change of a text, in offsets before it. */
export interface TextChange {
  readonly rangeOffset: number;
  /** Length of the removed text. */
  readonly rangeLength: number;
  readonly text: string;
}

/** A range after a change, and whether the change touched it. */
export interface ShiftedRange extends OffsetRange {
  readonly touched: boolean;
}

/**
 * The range after the changes of one event. Text typed at either edge stays outside; a change that overlaps the range
 * touches it, and the range then covers the result.
 * @param changes In offsets before the event, in any order, without overlap (VS Code's contentChanges).
 */
export function shiftRange(range: OffsetRange, changes: readonly TextChange[]): ShiftedRange {
  let { start, end } = range;
  let touched = false;
  for (const { rangeOffset, rangeLength, text } of changes.toSorted((a, b) => b.rangeOffset - a.rangeOffset)) {
    const changeEnd = rangeOffset + rangeLength;
    const growth = text.length - rangeLength;
    if (changeEnd <= start) {
      start += growth;
      end += growth;
    } else if (rangeOffset < end) {
      touched = true;
      end = Math.max(end, changeEnd) + growth;
      start = Math.min(start, rangeOffset);
    }
  }
  return { start, end, touched };
}

/**
 * Applies changes to a text.
 * @param changes In offsets before them, in any order, without overlap.
 * @param offset Start of the text.
 */
export function withChanges(text: string, changes: readonly TextChange[], offset: number): string {
  let changed = '';
  let position = offset;
  for (const change of changes.toSorted((a, b) => a.rangeOffset - b.rangeOffset)) {
    changed += text.slice(position - offset, change.rangeOffset - offset) + change.text;
    position = change.rangeOffset + change.rangeLength;
  }
  return changed + text.slice(position - offset);
}

/** Whether a change crosses the range's boundary. */
export function reachesAcross({ start, end }: OffsetRange, { rangeOffset, rangeLength }: TextChange): boolean {
  const changeEnd = rangeOffset + rangeLength;
  return rangeOffset < end && start < changeEnd && (rangeOffset < start || end < changeEnd);
}
