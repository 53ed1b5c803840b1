import { wordsOf } from './lines.ts';
import { isKeyword } from './plainGrammar.ts';

/** Gaps with more pairs of lines than this are not compared word by word. */
const mostPairs = 4096;

/** For each line of `b` the index of the line of `a` that it is, or has become; they only grow. */
export function align(a: readonly string[], b: readonly string[]): readonly (number | undefined)[] {
  const of: (number | undefined)[] = b.map(() => undefined);
  let from = { a: 0, b: 0 };
  for (const anchor of [...anchors(a, b), { a: a.length, b: b.length }]) {
    alignGap(a, b, from, anchor, of);
    if (anchor.b < b.length) of[anchor.b] = anchor.a;
    from = { a: anchor.a + 1, b: anchor.b + 1 };
  }
  return of;
}

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** Lines that both texts have once, as many as keep their order (patience diff). */
function anchors(a: readonly string[], b: readonly string[]): readonly Pair[] {
  const inA = placesOf(a);
  const inB = placesOf(b);
  const pairs = b.flatMap((line, index): Pair[] => {
    const place = inA.get(line);
    return place !== undefined && place >= 0 && inB.get(line) === index ? [{ a: place, b: index }] : [];
  });
  const piles: { pair: Pair; below: number }[] = [];
  const tops: number[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[tops[middle] ?? 0]?.pair.a ?? 0) < pair.a) low = middle + 1;
      else high = middle;
    }
    tops[low] = piles.push({ pair, below: tops[low - 1] ?? -1 }) - 1;
  }
  const chain: Pair[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = piles[at]?.below ?? -1) {
    const pile = piles[at];
    if (pile) chain.push(pile.pair);
  }
  return chain.toReversed();
}

/** The index of each line that a text has once; -1 for one that it has several times. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, line] of lines.entries()) places.set(line, places.has(line) ? -1 : index);
  return places;
}

/** Aligns equal lines at both ends of a gap, then those between them that share most of their words. */
function alignGap(a: readonly string[], b: readonly string[], from: Pair, to: Pair, of: (number | undefined)[]): void {
  let [startA, startB, endA, endB] = [from.a, from.b, to.a, to.b];
  while (startA < endA && startB < endB && a[startA] === b[startB]) of[startB++] = startA++;
  while (startA < endA && startB < endB && a[endA - 1] === b[endB - 1]) of[--endB] = --endA;
  const [rows, columns] = [endA - startA, endB - startB];
  if (rows === 0 || columns === 0 || rows * columns > mostPairs) return;
  const wordsA = a.slice(startA, endA).map(wordsOf);
  const wordsB = b.slice(startB, endB).map(wordsOf);
  const alike = wordsA.map((left) => wordsB.map((right) => likeness(left, right)));
  const best = Array.from({ length: rows + 1 }, () => Array.from({ length: columns + 1 }, () => 0));
  const at = (row: number, column: number): number => best[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const paired = (alike[row]?.[column] ?? 0) + at(row + 1, column + 1);
      (best[row] ?? [])[column] = Math.max(paired, at(row + 1, column), at(row, column + 1));
    }
  }
  for (let [row, column] = [0, 0]; row < rows && column < columns;) {
    const likely = alike[row]?.[column] ?? 0;
    if (likely > 0 && at(row, column) === likely + at(row + 1, column + 1)) of[startB + column++] = startA + row++;
    else if (at(row, column) === at(row + 1, column)) row++;
    else column++;
  }
}

/** How many of their words two lines share (Dice), or 0 where it is less than half, or keywords alone. */
function likeness(left: readonly string[], right: readonly string[]): number {
  const rest = new Set(left);
  const shared = right.filter((word) => rest.has(word));
  if (shared.every(isKeyword)) return 0;
  const dice = (2 * shared.length) / Math.max(1, left.length + right.length);
  const isSure = dice > 0.5 || left.find((word) => !isKeyword(word)) === right.find((word) => !isKeyword(word));
  return dice >= 0.5 && isSure ? Math.min(1, dice) : 0;
}
