/** `name`, or with the first number that makes it one that nobody has. */
export function unusedName(name: string, names: readonly string[]): string {
  let unused = name;
  for (let count = 2; names.includes(unused); count += 1) unused = `${name} ${count}`;
  return unused;
}
