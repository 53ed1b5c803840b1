const delimiterRow = /^ {0,3}(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*(?:\| *)?$/;

/**
 * Where a table must end because it would add too many missing cells: each row is padded to the first one's length, so
 * the cells may grow quadratically. `none`: already its first rows have too many; undefined: it may continue.
 * @param source Starts where the table may start.
 * @param mostMissingCells How many more cells than characters are allowed.
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
