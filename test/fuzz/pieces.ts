import type { Random } from './random.ts';

/** Cuts into pieces of 1 to `longest` elements, anywhere. */
export function cutBytes(bytes: Uint8Array, random: Random, longest: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(longest);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** Cuts a text into pieces of 1 to `longest` UTF-16 code units, anywhere. */
export function cutText(text: string, random: Random, longest: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + 1 + random.below(longest);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Any JSON value, at most so many levels deep, with the given names among its keys and texts. */
export function anyValue(random: Random, depth: number, words: readonly [string, ...string[]]): unknown {
  switch (random.below(depth > 0 ? 9 : 7)) {
    case 0:
      return random.pick([null, true, false, undefined]);
    case 1:
      return random.pick([0, -1, 0.5, 1e308, 2 ** 53, Number.NaN, random.below(100)]);
    case 2:
    case 3:
      return random.pick(words);
    case 4:
      return random.pick(['', ' ', '\u0000', '\ud800', '__proto__', 'https://a.example', '\r\n', 'é漢🙂', '${apiKey}']);
    case 5:
      return [];
    case 6:
      return {};
    case 7:
      return Array.from({ length: random.below(4) }, () => anyValue(random, depth - 1, words));
    default:
      return anyObject(random, depth, words);
  }
}

export function anyObject(
  random: Random,
  depth: number,
  words: readonly [string, ...string[]],
): Readonly<Record<string, unknown>> {
  const entries = Array.from({ length: random.below(6) }, (): [string, unknown] => [
    random.once(6) ? random.pick(['__proto__', 'constructor', '', 'toString']) : random.pick(words),
    anyValue(random, depth - 1, words),
  ]);
  return Object.fromEntries(entries);
}
