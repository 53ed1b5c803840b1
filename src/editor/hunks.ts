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
  /** Its number among the hunks it was made with. */
  readonly id: number;
  readonly original: string;
  /** What Askance wrote there. */
  readonly written: string;
  /** The user has typed into it. */
  readonly touched: boolean;
}

/** The hunks that lead back from what was written to what stood there, moved along with every change. */
export class TrackedHunks {
  #hunks: readonly Hunk[];

  /**
   * @param back The changes from the new text to the old.
   * @param text What was written.
   * @param offset Where it starts.
   */
  constructor(back: readonly TextChange[], text: string, offset: number) {
    this.#hunks = back.map(({ rangeOffset, rangeLength, text: original }, id) => ({
      id,
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      original,
      written: text.slice(rangeOffset - offset, rangeOffset - offset + rangeLength),
      touched: false,
    }));
  }

  get all(): readonly Hunk[] {
    return this.#hunks;
  }

  withId(id: number): Hunk | undefined {
    return this.#hunks.find((hunk) => hunk.id === id);
  }

  remove(ids: readonly number[]): void {
    this.#hunks = this.#hunks.filter(({ id }) => !ids.includes(id));
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

/**
 * A hunk that the user typed into, so that undoing it keeps what was typed: whole lines that were added stand below
 * what is put back.
 * @param now What the hunk holds.
 * @returns `undefined` where the user changed the written lines themselves: no rule can tell the two apart.
 */
export function keepingTyped(hunk: Hunk, now: string, lineDiff: LineDiff): Hunk | undefined {
  if (!hunk.touched) return hunk;
  const typed = lineDiff(hunk.written, now, 0);
  if (typed.some(({ rangeLength }) => rangeLength > 0)) return undefined;
  const lines = typed.map(({ text }) => text).join('');
  const { original, written } = hunk;
  if (lines === '') return hunk;
  if (written.endsWith('\n') && (original === '' || original.endsWith('\n'))) {
    return { ...hunk, original: original + lines };
  }
  // The last line of the document's range has its line break outside of it.
  const [lineBreak = ''] = /\r?\n$/.exec(lines) ?? [];
  const isLast = lineBreak !== '' && !written.endsWith('\n') && original !== '' && !original.endsWith('\n');
  return isLast ? { ...hunk, original: original + lineBreak + lines.slice(0, -lineBreak.length) } : undefined;
}
