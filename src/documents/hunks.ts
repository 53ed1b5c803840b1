import { linesOf, type LineDiff } from './lineDiff.ts';
import { reachesAcross, shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/** A change back to what was there before. */
export interface BackChange extends TextChange {
  /** How many of its lines are in both texts; absent: none. */
  readonly shared?: number;
}

/**
 * Joins changes separated only by insignificant lines, like a lone brace, so that the user decides about them together.
 * @param text The text that is changed.
 * @param offset Its start in the document.
 */
export function joined(changes: readonly TextChange[], text: string, offset: number): readonly BackChange[] {
  const all: BackChange[] = [];
  for (const change of changes) {
    const last = all.at(-1);
    const end = last ? last.rangeOffset + last.rangeLength : 0;
    const between = text.slice(end - offset, change.rangeOffset - offset);
    if (!last || !/^[\s{}()[\];,]*$/.test(between)) {
      all.push(change);
      continue;
    }
    const rangeLength = change.rangeOffset + change.rangeLength - last.rangeOffset;
    const shared = (last.shared ?? 0) + linesOf(between).length;
    all[all.length - 1] = {
      rangeOffset: last.rangeOffset,
      rangeLength,
      text: last.text + between + change.text,
      shared,
    };
  }
  return all;
}

/**
 * Splits reverse changes so that written lines are undone one by one: typing in one of them leaves the others alone.
 * The old text is restored by a change of its own, on the side where it consists of whole lines.
 * @param text The text that is changed.
 * @param offset Its start in the document.
 */
export function lineByLine(changes: readonly TextChange[], text: string, offset: number): readonly TextChange[] {
  return changes.flatMap((change) => {
    const { rangeOffset, rangeLength, text: original } = change;
    const written = text.slice(rangeOffset - offset, rangeOffset - offset + rangeLength);
    if (!written.endsWith('\n')) return change;
    const lines: TextChange[] = [];
    let position = rangeOffset;
    for (const { length } of linesOf(written)) {
      lines.push({ rangeOffset: position, rangeLength: length, text: '' });
      position += length;
    }
    if (original === '') return lines;
    return original.endsWith('\n')
      ? [{ rangeOffset, rangeLength: 0, text: original }, ...lines]
      : [...lines, { rangeOffset: position, rangeLength: 0, text: original }];
  });
}

/** A range that Askance changed, and its old text. */
export interface Hunk extends OffsetRange {
  /** Its number among the hunks created with it. */
  readonly id: number;
  readonly original: string;
  /** The text that Askance wrote. */
  readonly written: string;
  /** How many lines of the original are gone. */
  readonly removed: number;
  /** The user has typed into it. */
  readonly touched: boolean;
  /** Whether a change crossed its boundary, so that it covers more than the written text. */
  readonly crossed: boolean;
}

/** The hunks that lead from the new text back to the old one, shifted with every change. */
export class TrackedHunks {
  #hunks: readonly Hunk[] = [];
  #count = 0;

  /**
   * @param back The changes from the new text to the old.
   * @param text The new text.
   * @param offset Its start in the document.
   */
  constructor(back: readonly BackChange[], text: string, offset: number) {
    this.reset(back, text, offset);
  }

  get all(): readonly Hunk[] {
    return this.#hunks;
  }

  /** Begins anew, with what stands there now. */
  reset(back: readonly BackChange[], text: string, offset: number): void {
    const first = this.#count;
    this.#count += back.length;
    this.#hunks = back.map(({ rangeOffset, rangeLength, text: original, shared = 0 }, index) => ({
      id: first + index,
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      original,
      written: text.slice(rangeOffset - offset, rangeOffset - offset + rangeLength),
      removed: linesOf(original).length - shared,
      touched: false,
      crossed: false,
    }));
  }

  withId(id: number): Hunk | undefined {
    return this.#hunks.find((hunk) => hunk.id === id);
  }

  remove(ids: readonly number[]): void {
    this.#hunks = this.#hunks.filter(({ id }) => !ids.includes(id));
  }

  /** Shifts all hunks. */
  move(by: number): void {
    this.#hunks = this.#hunks.map((hunk) => ({ ...hunk, start: hunk.start + by, end: hunk.end + by }));
  }

  /** Drops a hunk whose old text was restored. */
  shift(changes: readonly TextChange[]): void {
    const left = this.#hunks.filter((hunk) => !changes.some((change) => isUndone(hunk, change)));
    this.#hunks = left.map((hunk) => {
      const shifted = shiftRange(hunk, changes);
      const crossed = hunk.crossed || changes.some((change) => reachesAcross(hunk, change));
      return { ...hunk, ...shifted, touched: hunk.touched || shifted.touched, crossed };
    });
  }
}

function isUndone({ start, end, original }: Hunk, { rangeOffset, rangeLength, text }: TextChange): boolean {
  return rangeOffset === start && rangeLength === end - start && text === original;
}

/** The changes that restore the old text of the hunks; adjacent hunks become one change. */
export function undoing(hunks: readonly Hunk[]): readonly TextChange[] {
  const changes: TextChange[] = [];
  for (const { start, end, original } of hunks) {
    const last = changes.at(-1);
    if (last && last.rangeOffset + last.rangeLength === start) {
      const { rangeOffset, text } = last;
      changes[changes.length - 1] = { rangeOffset, rangeLength: end - rangeOffset, text: text + original };
    } else {
      changes.push({ rangeOffset: start, rangeLength: end - start, text: original });
    }
  }
  return changes;
}

/**
 * Changes a hunk that the user typed in so that undoing it keeps the typed text: whole added lines go below the
 * restored ones.
 * @param now The hunk's current text.
 * @returns undefined if the user changed the written lines themselves, which can't be separated.
 */
export function keepingTyped(hunk: Hunk, now: string, lineDiff: LineDiff): Hunk | undefined {
  if (!hunk.touched) return hunk;
  if (hunk.crossed) return undefined;
  const typed = lineDiff(hunk.written, now, 0);
  if (typed.some(({ rangeLength }) => rangeLength > 0)) return undefined;
  const lines = typed.map(({ text }) => text).join('');
  const { original, written } = hunk;
  if (lines === '') return hunk;
  if (written.endsWith('\n') && (original === '' || original.endsWith('\n'))) {
    return { ...hunk, original: original + lines };
  }
  // The line break of the document's last line is outside the range.
  const [lineBreak = ''] = /\r?\n$/.exec(lines) ?? [];
  const isLast = lineBreak !== '' && !written.endsWith('\n') && original !== '' && !original.endsWith('\n');
  return isLast ? { ...hunk, original: original + lineBreak + lines.slice(0, -lineBreak.length) } : undefined;
}
