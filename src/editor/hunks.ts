import type { TextChange } from './offsets.ts';

/** Milliseconds; what cannot be compared in this time is replaced as a whole. */
const timeout = 1000;

/**
 * The changes that turn one text into the other, line by line: lines that stay the same are not touched, so breakpoints,
 * folds and cursors on them survive.
 * @param offset Where `before` starts in its document.
 */
export async function lineHunks(before: string, after: string, offset: number): Promise<readonly TextChange[]> {
  const { diffLines } = await import('diff');
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
}
