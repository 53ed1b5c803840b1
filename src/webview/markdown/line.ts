/** The block structure of a single line of Markdown (CommonMark 0.31, sections 2.2, 4 and 5). */

export interface Fence {
  readonly indent: number;
  readonly marker: string;
  readonly info: string;
}

export interface ListMarker {
  /** The bullet, or what follows the number: lists of different types are different lists. */
  readonly type: string;
  readonly ordered: boolean;
  readonly start: number;
  readonly indent: number;
  /** Column from which a line belongs to the item. */
  readonly contentIndent: number;
  readonly empty: boolean;
}

/** Column of the first non-blank character; tabs stop at every fourth column. */
export function indentOf(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === ' ') column += 1;
    else if (character === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

export function openingFence(line: string): Fence | undefined {
  const match = /^([ \t]*)(?:(`{3,})([^`]*)$|(~{3,})([^]*))/.exec(line);
  if (!match) return undefined;
  const [, indent = '', ticks, words, tildes = '', rest = ''] = match;
  return { indent: indentOf(indent), marker: ticks ?? tildes, info: (words ?? rest).trim() };
}

export function closesFence(line: string, fence: Fence): boolean {
  return mayCloseFence(line, fence) && line.trim().length >= fence.marker.length;
}

/** Whether more characters could turn this partial line into the closing fence. */
export function mayCloseFence(line: string, fence: Fence): boolean {
  const text = line.trim();
  return text === fence.marker.charAt(0).repeat(text.length) && indentOf(line) < fence.indent + 4;
}

export function isHeading(line: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line);
}

export function isThematicBreak(line: string): boolean {
  return /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line);
}

export function listMarker(line: string): ListMarker | undefined {
  const match = /^([ \t]*)(?:([-*+])|(\d{1,9})([.)]))(?:$|([ \t]+)([^]*))/.exec(line);
  if (!match || isThematicBreak(line)) return undefined;
  const [, before = '', bullet, number, delimiter, gap = '', content = ''] = match;
  const indent = indentOf(before);
  const afterMarker = indent + (bullet ?? `${number}${delimiter}`).length;
  const empty = content === '';
  return {
    type: bullet ?? delimiter ?? '',
    ordered: bullet === undefined,
    start: Number(number ?? 0),
    indent,
    // More than four blanks begin an indented code block, one column after the marker.
    contentIndent: afterMarker + (empty || gap.length > 4 ? 1 : gap.length),
    empty,
  };
}
