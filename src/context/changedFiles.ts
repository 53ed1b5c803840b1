/**
 * The paths of a diff's files, relative to the repository. Git's notation depends on the user's settings
 * (`diff.noprefix`, `diff.mnemonicPrefix`, `core.quotePath`) and on conflicts (`diff --cc`); if a name is ambiguous,
 * both paths are included.
 */
export function changedFiles(diff: string): readonly string[] {
  const paths = new Set<string>();
  let inHead = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --')) inHead = true;
    else if (line.startsWith('@@')) inHead = false;
    if (!inHead) continue;
    for (const name of namesIn(line)) {
      const path = unquoted(name);
      paths.add(path.replace(/^[a-z]\//, ''));
      paths.add(path);
    }
  }
  return [...paths];
}

/** The names in a header line of a diff (git diff, "GENERATING PATCH TEXT WITH -P"). */
function namesIn(line: string): readonly string[] {
  const [, both] = /^diff --git (.*)$/.exec(line) ?? [];
  // It repeats the file's name; after a rename, further lines name both.
  if (both !== undefined) return [both.slice(Math.ceil(both.length / 2))];
  const [, name] = /^(?:diff --(?:cc|combined) |(?:rename|copy) (?:from|to) |[-+]{3} )(.*?)\t?$/.exec(line) ?? [];
  return name === undefined || name === '/dev/null' ? [] : [name];
}

/** Decodes a name quoted by Git like a C string, with octal bytes. */
function unquoted(name: string): string {
  const [, quoted] = /^"(.*)"$/.exec(name) ?? [];
  if (quoted === undefined) return name;
  const bytes = quoted.replaceAll(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code,
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
