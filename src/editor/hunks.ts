import { shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/** Milliseconds; what cannot be compared in this time is replaced as a whole. */
const timeout = 1000;

/**
 * The changes that turn one text into the other, line by line: lines that stay the same are not touched, so breakpoints,
 * folds and cursors on them survive.
 * @param offset Where `before` starts in its document.
 */
export type LineDiff = (before: string, after: string, offset: number) => readonly TextChange[];

/** Loads what compares lines; the package is not needed before the first replacement. */
export async function loadLineDiff(): Promise<LineDiff> {
  const { diffLines } = await import('diff');
  return (before, after, offset) => {
    const parts = diffLines(before, after, { timeout });
    if (!parts) return [{ rangeOffset: offset, rangeLength: before.length, text: after }];
    const hunks: TextChange[] = [];
    let position = offset;
    let open: { rangeOffset: number; rangeLength: number; text: string } | undefined;
    for (const { added, removed, value } of parts) {
      if (!added && !removed) {
        open = undefined;
        position += value.length;
        continue;
      }
      if (!open) hunks.push((open = { rangeOffset: position, rangeLength: 0, text: '' }));
      if (added) open.text += value;
      else {
        open.rangeLength += value.length;
        position += value.length;
      }
    }
    return hunks;
  };
}

/** A place that Askance changed, and what stood there before. */
export interface Hunk extends OffsetRange {
  readonly original: string;
  /** The user has typed into it. */
  readonly touched: boolean;
}

/** The hunks that lead back from what was written to what stood there, moved along with every change. */
export class TrackedHunks {
  #hunks: readonly Hunk[];

  /** @param back The changes from the new text to the old. */
  constructor(back: readonly TextChange[]) {
    this.#hunks = back.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      original: text,
      touched: false,
    }));
  }

  get all(): readonly Hunk[] {
    return this.#hunks;
  }

  remove(hunk: Hunk): void {
    this.#hunks = this.#hunks.filter((other) => other !== hunk);
  }

  shift(changes: readonly TextChange[]): void {
    this.#hunks = this.#hunks.map((hunk) => {
      const shifted = shiftRange(hunk, changes);
      return { ...hunk, ...shifted, touched: hunk.touched || shifted.touched };
    });
  }
}

/** The changes that put back what stood in the hunks. */
export function undoing(hunks: readonly Hunk[]): readonly TextChange[] {
  return hunks.map(({ start, end, original }) => ({ rangeOffset: start, rangeLength: end - start, text: original }));
}
