/** Something that is found by its path. */
export interface Findable {
  /** With `/` between its parts. */
  readonly path: string;
}

/**
 * The best of what the query may mean, best first: by name, then by path, then by letters in their order. What is equally
 * good keeps its order, shorter paths first. An empty query means everything.
 */
export function rankByPath<Item extends Findable>(query: string, items: readonly Item[], limit: number): Item[] {
  if (query === '') return items.slice(0, limit);
  const wanted = query.toLowerCase().replaceAll('\\', '/');
  const found: { readonly item: Item; readonly grade: number }[] = [];
  for (const item of items) {
    const grade = gradeOf(item.path.toLowerCase(), wanted);
    if (grade > 0) found.push({ item, grade });
  }
  return found
    .sort((a, b) => b.grade - a.grade || a.item.path.length - b.item.path.length)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** 0: the path is not meant. */
function gradeOf(path: string, wanted: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === wanted || path === wanted) return 6;
  if (name.startsWith(wanted)) return 5;
  const place = path.indexOf(wanted);
  if (place >= 0) return name.includes(wanted) ? 4 : 2 + Number(place === 0 || path[place - 1] === '/');
  return holdsInOrder(path, wanted) ? 1 : 0;
}

function holdsInOrder(path: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = path.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
