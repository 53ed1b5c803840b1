import { indentOf, isBlank, splitLines, widthOf } from './lines.ts';
import { literalLines } from './literals.ts';
import type { ReplyTarget } from './reply.ts';
import { type Surroundings, surroundingsOf } from './target.ts';
import { unitConverter } from './units.ts';

/**
 * Code as it is written in place of the selection: indented from the selection's first line on, with tabs or spaces
 * and line breaks as they are there, and with the selection's own blank lines and line break around it. Nothing but
 * white space is changed.
 */
export function fitCode(code: string, target: ReplyTarget): string {
  const around = surroundingsOf(target);
  const lines = withoutBlankEdges(splitLines(code.replace(/^\uFEFF/, '')).map(withPlainIndent));
  if (lines.length === 0) return '';
  const fitted = fitLines(lines, target, around);
  const text = edgeBefore(around) + fitted.join('\n') + edgeAfter(around, fitted.at(-1) ?? '');
  return text.replaceAll(/\r\n|\r|\n/g, lineBreak(around.selection, target.eol));
}

/** The lines re-indented; the first continues the document's line where the selection starts inside one. */
function fitLines(lines: readonly string[], target: ReplyTarget, around: Surroundings): string[] {
  const { prefix } = around;
  const base = baseIndent(around);
  const convert = unitConverter(lines, target, around);
  const literals = literalLines(lines, target.languageId, around.selection);
  const from = indentOf(lines[0] ?? '');
  const absolute = base !== undefined && restIsAbsolute(lines, base, target, around);
  return lines.map((line, index) => {
    const indent = indentOf(line);
    const rest = line.slice(indent.length);
    if (index === 0 && !isBlank(prefix)) return rest;
    if (index === 0 && base !== undefined) return (base.startsWith(prefix) ? base.slice(prefix.length) : '') + rest;
    if (line === '' || absolute || literals[index] === 'fixed') return line;
    const inner = literals[index] === 'moved' ? (spaces: string) => spaces : convert;
    if (base === undefined) return inner(indent) + rest;
    if (indent.startsWith(from)) return base + inner(indent.slice(from.length)) + rest;
    return shallower(indent, from, base, target.tabSize) + rest;
  });
}

/** The indentation of a line that has less than the first one, or other characters. */
function shallower(indent: string, from: string, base: string, tabSize: number): string {
  const width = Math.max(0, widthOf(base, tabSize) + widthOf(indent, tabSize) - widthOf(from, tabSize));
  if (!base.includes('\t')) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / tabSize)) + ' '.repeat(width % tabSize);
}

/** The indentation that the first line must have in the document; `undefined`: the code keeps its own. */
function baseIndent({ selection, prefix }: Surroundings): string | undefined {
  if (!isBlank(prefix)) return indentOf(prefix);
  const lines = splitLines(selection);
  const first = lines.findIndex((line) => !isBlank(line));
  if (first === -1) return prefix === '' ? undefined : prefix;
  return (first === 0 ? prefix : '') + indentOf(lines[first] ?? '');
}

/**
 * Whether all lines but the first already have the document's indentation. Models repeat what they are shown, and a
 * selection that starts behind the indentation of its first line shows the others with all of theirs. It is read
 * from where the first statement ends: its closing bracket, or the line that follows.
 */
function restIsAbsolute(
  lines: readonly string[],
  base: string,
  { tabSize }: ReplyTarget,
  { prefix }: Surroundings,
): boolean {
  const [first = '', ...rest] = lines;
  const width = (line: string) => widthOf(indentOf(line), tabSize);
  const level = width(base);
  if (prefix === '' || width(first) > 0 || level === 0) return false;
  const closers = rest.filter((line) => /^\s*(?:end|fi|done|esac)\b/.test(line)).map(width);
  if (closers.length > 0) return Math.min(...closers) >= level;
  const end = statementEnd(lines);
  const last = lines[end] ?? '';
  if (end > 0 && /^\s*[)\]}]/.test(last)) return width(last) >= level;
  const next = lines.slice(end + 1).find((line) => !isBlank(line));
  if (next === undefined) return end > 0 && width(rest.find((line) => !isBlank(line)) ?? '') > level;
  const deeper = /[:{([]\s*$/.test(last) || /^\s*(?:[.?&|+*/=<>-]|and\b|or\b)/.test(next);
  return deeper ? width(next) > level : width(next) >= level;
}

/** Index of the line in which the brackets that the first line opened are closed; the first, if they never are. */
function statementEnd(lines: readonly string[]): number {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    for (const character of line) {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character) && --depth <= 0 && index > 0) return index;
    }
    if (depth <= 0) return index;
  }
  return 0;
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

/** Some models indent with no-break spaces, or put invisible characters before a line. */
function withPlainIndent(line: string): string {
  const [indent = ''] = /^[ \t\u00A0\u200B\uFEFF]*/.exec(line) ?? [];
  return indent.replaceAll('\u00A0', ' ').replaceAll(/[\u200B\uFEFF]/g, '') + line.slice(indent.length);
}

/** The blank lines, or the spaces inside a line, that the selection begins with, and a byte order mark. */
function edgeBefore({ selection, prefix }: Surroundings): string {
  const edge = isBlank(prefix) ? /^\uFEFF?(?:[ \t]*(?:\r\n|\r|\n))*/ : /^\s*/;
  return edge.exec(selection)?.[0] ?? '';
}

/** The line breaks, or the spaces inside a line, that the selection ends with. */
function edgeAfter({ selection, suffix }: Surroundings, lastLine: string): string {
  if (isBlank(selection)) return '';
  const breaks = /(?:\r\n|\r|\n)\s*$/.exec(
    selection.trimEnd() === '' ? '' : selection.slice(selection.trimEnd().length),
  );
  if (breaks) return breaks[0];
  const spaces = /[ \t]*$/.exec(selection)?.[0] ?? '';
  return suffix === '' || /\s$/.test(lastLine) ? '' : spaces;
}

/** The line break that the selection has most of. */
function lineBreak(selection: string, eol: '\n' | '\r\n'): '\n' | '\r\n' {
  const all = selection.split('\n').length - 1;
  const withReturn = selection.split('\r\n').length - 1;
  if (withReturn * 2 === all) return eol;
  return withReturn * 2 > all ? '\r\n' : '\n';
}
