/** Most paths that are looked for at a time. */
const mostPaths = 50;

/** A URI of a file; a path from the root, from a drive, or from somewhere with a slash in it; in quotes or not. */
const path =
  /^"?(?:(?:file|vscode-remote):\/\/(?:[^\s"/\\]*\/[a-z]:(?=\/))?|~?[\\/]|[a-z]:[\\/]|[^\s:"'`<>|\\/]+[\\/])[^:"'`<>|*?]*"?$/i;

/** The paths that a pasted text consists of; empty where it is anything else. */
export function pastedPaths(text: string): readonly string[] {
  if (text.length > 4096 * mostPaths) return [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length <= mostPaths && lines.every((line) => path.test(line.trim())) ? lines : [];
}
