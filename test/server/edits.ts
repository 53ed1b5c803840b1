/** Text to put in at an offset of the original. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Carries out insertions; those at one offset keep their order. */
export function insertAll(original: string, insertions: readonly Insertion[]): string {
  const sorted = insertions.toSorted((a, b) => a.at - b.at);
  const pieces = sorted.map(({ at, text }, index) => original.slice(sorted[index - 1]?.at ?? 0, at) + text);
  return pieces.join('') + original.slice(sorted.at(-1)?.at ?? 0);
}
