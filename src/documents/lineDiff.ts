import type { diffArrays as DiffArrays } from 'diff';
import type { TextChange } from './offsets.ts';

/** Milliseconds; what cannot be compared in this time is replaced as a whole. */
const timeout = 200;

/**
 * The changes that turn one text into the other, line by line: lines that stay the same are not touched, so breakpoints,
 * folds and cursors on them survive.
 * @param offset Where `before` starts in its document.
 */
export type LineDiff = (before: string, after: string, offset: number) => readonly TextChange[];

/** Loads what compares lines; the package is not needed before the first replacement. */
export async function loadLineDiff(): Promise<LineDiff> {
  const { diffArrays } = await import('diff');
  return (before, after, offset) => {
    const old = linesOf(before);
    const fresh = linesOf(after);
    const hunks: TextChange[] = [];
    let position = offset;
    let from = 0;
    let to = 0;
    const changeUpTo = (oldEnd: number, freshEnd: number): void => {
      const removed = old.slice(from, oldEnd).join('');
      const text = fresh.slice(to, freshEnd).join('');
      if (removed !== text) hunks.push({ rangeOffset: position, rangeLength: removed.length, text });
      position += removed.length;
    };
    for (const [oldLine, freshLine] of sameLines(old, fresh, diffArrays)) {
      changeUpTo(oldLine, freshLine);
      position += old[oldLine]?.length ?? 0;
      from = oldLine + 1;
      to = freshLine + 1;
    }
    changeUpTo(old.length, fresh.length);
    return hunks;
  };
}

/** The lines of a text, each with its line break. */
export function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

/**
 * The places of the lines that stay, in both texts. Only lines that stand in both are compared: what is new throughout,
 * as most of a rewrite is, costs nothing.
 */
function sameLines(
  old: readonly string[],
  fresh: readonly string[],
  diffArrays: typeof DiffArrays,
): readonly (readonly [number, number])[] {
  const inOld = new Set(old);
  const inFresh = new Set(fresh);
  const oldPlaces = [...old.keys()].filter((place) => inFresh.has(old[place] ?? ''));
  const freshPlaces = [...fresh.keys()].filter((place) => inOld.has(fresh[place] ?? ''));
  const parts = diffArrays(
    oldPlaces.map((place) => old[place]),
    freshPlaces.map((place) => fresh[place]),
    { timeout },
  );
  const pairs: (readonly [number, number])[] = [];
  let at = 0;
  let freshAt = 0;
  for (const { added, removed, value } of parts ?? []) {
    const isSame = !added && !removed;
    if (isSame)
      for (const index of value.keys()) pairs.push([oldPlaces[at + index] ?? 0, freshPlaces[freshAt + index] ?? 0]);
    if (!added) at += value.length;
    if (!removed) freshAt += value.length;
  }
  return pairs;
}
