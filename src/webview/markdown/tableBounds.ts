const delimiterRow = /^ {0,3}(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*(?:\| *)?$/;

/**
 * Where a table ends that would go on with cells that nobody wrote: each row has as many as the first, so they may be
 * the square of the text. `none`: already its first rows have too many; undefined: it may go on as it does.
 * @param source Begins where the table may begin.
 * @param mostMissingCells By how many there may be more cells than characters.
 */
export function tableEnd(source: string, mostMissingCells: number): number | 'none' | undefined {
  const header = source.indexOf('\n');
  const second = header < 0 ? -1 : source.indexOf('\n', header + 1);
  if (second < 0 || !delimiterRow.test(source.slice(header + 1, second))) return undefined;
  const columns = source.slice(header + 1, second).split('|').length;
  if (columns > second + mostMissingCells) return 'none';
  let rows = 1;
  for (let end = second; end >= 0; end = source.indexOf('\n', end + 1)) {
    if (rows * columns > end + mostMissingCells) return end + 1;
    rows += 1;
  }
  return undefined;
}
