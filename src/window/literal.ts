import { withHiddenShown } from '../shared/hidden.ts';

/**
 * Makes a text safe for a notification or an input: VS Code would turn `[label](command:…)` into a link that runs a
 * command chosen by whoever wrote the text: a server, a repository, an imported file.
 */
export function literal(text: string): string {
  // Last, because a character removed above may have separated the two.
  return withHiddenShown(withoutControls(text)).replaceAll('](', '] (');
}

/**
 * Makes a text safe for labels of lists, inputs and the status bar, where VS Code also renders `$(name)` as an icon.
 */
export function literalLabel(text: string): string {
  // linear: what it looks ahead to ends where it may begin again.
  return literal(text).replaceAll(/(\\?)\$\((?=[A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$(');
}

/** Joins the text into one line of at most `longest` UTF-16 code units. */
export function oneLine(text: string, longest: number): string {
  const line = literal(text).replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Line breaks stay: VS Code shows them as spaces in notifications. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\uFFFD');
}
