/** Most paths that are looked up at a time. */
const mostPaths = 50;

/** A file URI, an absolute path, a drive path, or a relative path with a slash; optionally quoted. */
const path =
  // linear: it begins where the text begins, and each part ends at a character of its own.
  /^"?(?:(?:file|vscode-remote):\/\/(?:[^\s"/\\]*\/[a-z]:(?=\/))?|~?[\\/]|[a-z]:[\\/]|[^\s:"'`<>|\\/]+[\\/])[^:"'`<>|*?]*"?$/i;

/** The paths that a pasted text consists of; empty if it is anything else. */
export function pastedPaths(text: string): readonly string[] {
  if (text.length > 4096 * mostPaths) return [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length <= mostPaths && lines.every((line) => path.test(line.trim())) ? lines : [];
}
