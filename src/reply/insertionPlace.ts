import { indentOf, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './target.ts';
import { type Surroundings, surroundingsOf } from './target.ts';
import { beginsBlock, documentIndent } from './indentUnits.ts';

/** How code joins what stands around it. */
export interface Place {
  /** What the code is indented after. */
  readonly around: Surroundings;
  readonly before: string;
  readonly after: (lastLine: string) => string;
}

/**
 * The place of code in the document. At a cursor on a blank line it takes that line's indentation; at the start or the
 * end of another line, code that cannot continue that line gets lines of its own.
 */
export function placeOf(code: string, target: ReplyTarget): Place {
  const around = surroundingsOf(target);
  const { selection, prefix, suffix } = around;
  if (isBlank(selection) && selection.includes('\n')) return placeInBlankLines(target, around);
  if (target.start < target.end) {
    return { around, before: edgeBefore(around), after: (lastLine) => edgeAfter(around, lastLine) };
  }
  const onLine = (indent: string): Surroundings => ({ ...around, prefix: indent, suffix: '' });
  if (isBlank(prefix + suffix)) {
    const indent = prefix + suffix;
    return { around: onLine(indent), before: indent.slice(prefix.length), after: () => selection };
  }
  if (isBlank(suffix) && standsBelow(code, prefix)) {
    const indent = indentOf(prefix) + (beginsBlock(prefix, target.languageId) ? documentIndent(target, around) : '');
    return { around: onLine(indent), before: `\n${indent}`, after: () => '' };
  }
  if (isBlank(prefix) && standsAbove(code, suffix)) {
    const indent = prefix + indentOf(suffix);
    return { around: onLine(indent), before: indent.slice(prefix.length), after: () => `\n${prefix}` };
  }
  return { around, before: '', after: () => '' };
}

/** Code in the place of blank lines has its own, and what stands behind them stands below it. */
function placeInBlankLines(target: ReplyTarget, around: Surroundings): Place {
  const { selection, prefix } = around;
  const first = selection.slice(0, selection.indexOf('\n') + 1);
  const last = selection.slice(selection.lastIndexOf('\n') + 1);
  const lineBreak = /\r?\n$/.exec(first)?.[0] ?? '\n';
  const isBelow = !isBlank(prefix);
  const deeper = isBelow && beginsBlock(prefix, target.languageId) ? documentIndent(target, around) : '';
  const indent = isBelow ? indentOf(prefix) + deeper : prefix + indentOf(first);
  return {
    around: { ...around, prefix: indent, suffix: '' },
    before: isBelow ? first + indent : indent.slice(prefix.length),
    after: () => lineBreak + last,
  };
}

/** Whether code at the end of a line belongs below it. */
function standsBelow(code: string, line: string): boolean {
  if (/(?:[=([+*&|?-]|=>|\b(?:return|await|yield|new))\s*$/.test(line)) return false;
  if (hasOwnLines(code)) return true;
  return /[\p{L}\p{N}_$)\]};:'"`]$/u.test(line) && /^\s*[\p{L}\p{N}_$@#]/u.test(code);
}

function hasOwnLines(code: string): boolean {
  return /^\s*?[\r\n]/.test(code) || splitLines(code.trim()).length > 1;
}

/** Whether code at the start of a line belongs above it. */
function standsAbove(code: string, line: string): boolean {
  if (hasOwnLines(code)) return true;
  const isStatement = /[;}]\s*$/.test(code);
  return (
    isStatement ||
    (/[\p{L}\p{N}_$)\]]$/u.test(code.trimEnd()) && !code.endsWith(' ') && /^\s*[\p{L}\p{N}_$@#]/u.test(line))
  );
}

/** The blank lines, or the spaces inside a line, that the selection begins with, and a byte order mark. */
function edgeBefore({ selection, prefix }: Surroundings): string {
  const edge = isBlank(prefix) ? /^\uFEFF?(?:[ \t]*(?:\r\n|\r|\n))*/ : /^\s*/;
  return edge.exec(selection)?.[0] ?? '';
}

/** The line breaks, or the spaces inside a line, that the selection ends with. */
function edgeAfter({ selection, suffix }: Surroundings, lastLine: string): string {
  if (isBlank(selection)) return '';
  const end = selection.slice(selection.trimEnd().length);
  if (/[\r\n]/.test(end)) return end.slice(/^[^\r\n]*/.exec(end)?.[0].length);
  return suffix === '' || /\s$/.test(lastLine) ? '' : end;
}
