import { withHiddenShown } from '../shared/hidden.ts';

/**
 * A text for a notification or an input, without a link. VS Code reads `[label](command:…)` in these as a link and runs
 * the command of whoever wrote the text: a server, a repository, an imported file.
 */
export function literal(text: string): string {
  // Last: what is taken out before it may have stood between the two.
  return withHiddenShown(withoutControls(text)).replaceAll('](', '] (');
}

/** A text for the label of a list, an input or the status bar, where VS Code also reads `$(name)` as an icon. */
export function literalLabel(text: string): string {
  // linear: what it looks ahead to ends where it may begin again.
  return literal(text).replaceAll(/(\\?)\$\((?=[A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$(');
}

/** The text in one line of at most so many UTF-16 code units. */
export function oneLine(text: string, longest: number): string {
  const line = literal(text).replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** VS Code shows line breaks of a notification as spaces itself. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\uFFFD');
}
