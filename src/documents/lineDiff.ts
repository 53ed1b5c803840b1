import type { diffArrays as DiffArrays } from 'diff';
import type { TextChange } from './offsets.ts';

/** Milliseconds; texts that can't be compared in this time are replaced as a whole. */
const timeout = 200;

/**
 * The changes from one text to the other by line: equal lines aren't touched, so their breakpoints, folds and cursors
 * survive.
 * @param offset Start of `before` in its document.
 */
export type LineDiff = (before: string, after: string, offset: number) => readonly TextChange[];

/** Loads the diff package on first use. */
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

/** The lines of a text, including their line breaks. */
export function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

/**
 * The positions of equal lines in both texts. Only lines that occur in both are compared, so new lines, which are most
 * of a rewrite, cost nothing.
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
