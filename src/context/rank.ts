import { fold } from '../shared/characters.ts';

/** An item that is found by its path. */
export interface Findable {
  /** Separated by `/`. */
  readonly path: string;
}

/**
 * The best matches of a query, best first: by name, then by path, then by letters in order. Ties are broken by shorter
 * path, then by input order. An empty query matches everything. Ignores case, accents and composition.
 */
export function rankByPath<Item extends Findable>(query: string, items: readonly Item[], limit: number): Item[] {
  if (query === '') return items.slice(0, limit);
  const wanted = fold(query).replaceAll('\\', '/');
  const found: { readonly item: Item; readonly grade: number }[] = [];
  for (const item of items) {
    const grade = gradeOf(fold(item.path), wanted);
    if (grade > 0) found.push({ item, grade });
  }
  return found
    .sort((a, b) => b.grade - a.grade || a.item.path.length - b.item.path.length)
    .slice(0, limit)
    .map(({ item }) => item);
}

/**
 * Whether the query clearly means this path, so that Enter may accept it: it is a substring of the name, or the
 * initials of its words. A number or a color, as in `issue #12`, must match the start of a word.
 */
export function isMeant(query: string, path: string): boolean {
  const wanted = fold(query).replaceAll('\\', '/');
  if (wanted === '') return true;
  const words = wordsOf(path.slice(path.lastIndexOf('/') + 1));
  const name = words.join('');
  const isNumber = /^[\da-f]+$/.test(wanted) && (/\d/.test(wanted) || wanted.length === 3 || wanted.length === 6);
  if (wanted.includes('/')) return fold(path).includes(wanted);
  if (isNumber) return words.some((word) => word.startsWith(wanted)) || name === wanted;
  return name.includes(wanted) || initials(words).startsWith(wanted);
}

/** The name split into folded words and separators: `chat`, `Page`, `.`, `ts`. */
function wordsOf(name: string): readonly string[] {
  // linear: what it repeats is of one kind, and what follows it of another.
  const words = name.match(/\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?\p{Ll}+\p{N}*|\p{L}|\p{N}+|[^\p{L}\p{N}]+/gu) ?? [];
  return words.map(fold);
}

function initials(words: readonly string[]): string {
  return words.map((word) => /^[\p{L}\p{N}]/u.exec(word)?.[0] ?? '').join('');
}

/** 0: no match. */
function gradeOf(path: string, wanted: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === wanted || path === wanted) return 6;
  if (name.startsWith(wanted)) return 5;
  const place = path.indexOf(wanted);
  if (place >= 0) return name.includes(wanted) ? 4 : 2 + Number(place === 0 || path[place - 1] === '/');
  return hasInOrder(path, wanted) ? 1 : 0;
}

function hasInOrder(path: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = path.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
