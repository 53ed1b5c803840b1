import { linesOf, type LineDiff } from './lineDiff.ts';
import { reachesAcross, shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/**
 * Changes without those lines between them that say nothing by themselves, like a lone brace: what is decided about one
 * of them is decided about the next.
 * @param text What the changes are made in. @param offset Where it starts.
 */
export function joined(changes: readonly TextChange[], text: string, offset: number): readonly TextChange[] {
  const all: TextChange[] = [];
  for (const change of changes) {
    const last = all.at(-1);
    const end = last ? last.rangeOffset + last.rangeLength : 0;
    const between = text.slice(end - offset, change.rangeOffset - offset);
    if (!last || !/^[\s{}()[\];,]*$/.test(between)) {
      all.push(change);
      continue;
    }
    const rangeLength = change.rangeOffset + change.rangeLength - last.rangeOffset;
    all[all.length - 1] = { rangeOffset: last.rangeOffset, rangeLength, text: last.text + between + change.text };
  }
  return all;
}

/**
 * Changes back, cut so that what was written is taken back line by line: a key in one of the lines leaves the others
 * alone. What stood there is a change of its own, at the side where it is whole lines.
 * @param text What the changes are made in. @param offset Where it starts.
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

/** A place that Askance changed, and what stood there before. */
export interface Hunk extends OffsetRange {
  /** Its number among the hunks it was made with. */
  readonly id: number;
  readonly original: string;
  /** What Askance wrote there. */
  readonly written: string;
  /** The user has typed into it. */
  readonly touched: boolean;
  /** A change reached into it and out of it: what it covers is more than what was written there. */
  readonly crossed: boolean;
}

/** The hunks that lead back from what was written to what stood there, moved along with every change. */
export class TrackedHunks {
  #hunks: readonly Hunk[] = [];
  #count = 0;

  /**
   * @param back The changes from the new text to the old.
   * @param text What was written.
   * @param offset Where it starts.
   */
  constructor(back: readonly TextChange[], text: string, offset: number) {
    this.reset(back, text, offset);
  }

  get all(): readonly Hunk[] {
    return this.#hunks;
  }

  /** Begins anew, with what stands there now. */
  reset(back: readonly TextChange[], text: string, offset: number): void {
    const first = this.#count;
    this.#count += back.length;
    this.#hunks = back.map(({ rangeOffset, rangeLength, text: original }, index) => ({
      id: first + index,
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      original,
      written: text.slice(rangeOffset - offset, rangeOffset - offset + rangeLength),
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

  /** Moves all of them along with their text. */
  move(by: number): void {
    this.#hunks = this.#hunks.map((hunk) => ({ ...hunk, start: hunk.start + by, end: hunk.end + by }));
  }

  /** A hunk whose place holds again what stood there before is none any more. */
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

/** The changes that put back what stood in the hunks; hunks that touch each other are one. */
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
 * A hunk that the user typed into, so that undoing it keeps what was typed: whole lines that were added stand below
 * what is put back.
 * @param now What the hunk holds.
 * @returns `undefined` where the user changed the written lines themselves: no rule can tell the two apart.
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
  // The last line of the document's range has its line break outside of it.
  const [lineBreak = ''] = /\r?\n$/.exec(lines) ?? [];
  const isLast = lineBreak !== '' && !written.endsWith('\n') && original !== '' && !original.endsWith('\n');
  return isLast ? { ...hunk, original: original + lineBreak + lines.slice(0, -lineBreak.length) } : undefined;
}
