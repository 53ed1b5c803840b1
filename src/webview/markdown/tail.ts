import { openFormula } from './formulas.ts';
import { settleInline } from './inline.ts';
import { closesFence, isBlank, openingFence, type Fence } from './line.ts';
import { libraries } from './loadLibraries.ts';

// linear: each part begins with another character than the one before it goes on with, and none must come.
const blockPrefix =
  /^(?: {0,3}\[\^[^\]\s[]+\]:)?[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+(?=\S))?(?:#{1,6}[ \t]+)?/;
/** A last line that may still become a list, a heading, a rule, a fence, an underline or a quote. */
const markerOnly = /^(?:[-*+]|\d{1,9}[.)]?|#{1,6}|=+|-+|[*_][*_ \t]*|>|\[[ xX]\]|\|)?$/;
const fenceBegin = /^(?:`{3,}[^`]*$|`{1,2}$|~~~|~{1,2}$)/;
const delimiterRow = /^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;
const delimiterBegin = /^[ \t>]*(?:[:|-][ \t:|-]*)?$/;

/** The displayable open end of an answer: half-written markup never appears as text. */
export function settle(text: string): string {
  const { lines, start } = lastParagraph(text.split('\n'));
  return [...lines.slice(0, start), settleParagraph(lines.slice(start))].join('\n');
}

/** The same inside a code block: holds back only a partial closing fence. */
export function settleCode(text: string): string {
  return text.replace(/\n[ \t]*[`~]+$/, '');
}

/**
 * Start of the last paragraph, which may still change: after the last blank line, fenced block or multi-line formula. A
 * half-written formula is left out.
 */
function lastParagraph(lines: readonly string[]): { readonly lines: readonly string[]; readonly start: number } {
  let start = 0;
  let fence: Fence | undefined;
  let formula: { readonly begin: number; readonly close: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const wasFenced = fence !== undefined;
    if (formula) {
      const closed = line.includes(formula.close);
      if (closed && line.trimEnd().endsWith(formula.close)) start = index + 1;
      if (closed || (isBlank(line) && !isLast)) formula = undefined;
      continue;
    }
    if (fence) fence = closesFence(line, fence) ? undefined : fence;
    else fence = openingFence(line.slice(prefixOf(line).length));
    const close = wasFenced || fence ? undefined : openFormula(line);
    if (close !== undefined) formula = { begin: index, close };
    if (!isLast && (wasFenced || fence || isBlank(line))) start = index + 1;
  }
  const known = formula ? lines.slice(0, formula.begin) : lines;
  return { lines: known, start: Math.min(start, known.length) };
}

function settleParagraph(lines: readonly string[]): string {
  const delimiter = lines.findIndex((_, index) => index < lines.length - 1 && isDelimiterRow(lines, index));
  if (delimiter > 0) return settleRow(lines);
  const kept = [...lines];
  holdTableBegin(kept);
  /** The known continuation: a line break, or nothing. */
  let lineEnd = '';
  while (kept.length > 0 && isMarker(kept.at(-1) ?? '')) {
    kept.pop();
    holdTableBegin(kept);
    lineEnd = '\n';
  }
  let start = kept.length - 1;
  while (start > 0 && /^[ \t>]*$/.test(prefixOf(kept[start] ?? ''))) start -= 1;
  const run = kept.slice(Math.max(start, 0)).join('\n');
  const prefix = prefixOf(run);
  return [...kept.slice(0, Math.max(start, 0)), prefix + settleInline(run.slice(prefix.length) + lineEnd)].join('\n');
}

function isMarker(line: string): boolean {
  const content = line.slice(prefixOf(line).length);
  return markerOnly.test(content.trimEnd()) || fenceBegin.test(content);
}

/** Table rows, the last one incomplete. */
function settleRow(lines: readonly string[]): string {
  const last = (lines.at(-1) ?? '').replace(/\\$/, '');
  const cell = (/^(?:\\.|[^\\])*\|/.exec(last)?.[0] ?? '').length;
  if (last.slice(0, cell).trim() === '|' && last.slice(cell).trim() === '') return lines.slice(0, -1).join('\n');
  return [...lines.slice(0, -1), last.slice(0, cell) + settleInline(last.slice(cell))].join('\n');
}

function isDelimiterRow(lines: readonly string[], index: number): boolean {
  const header = lines[index - 1];
  return header !== undefined && header.includes('|') && delimiterRow.test(lines[index] ?? '');
}

/** Holds back a possible table header until the next line decides. */
function holdTableBegin(lines: string[]): void {
  const last = lines.at(-1) ?? '';
  const header = lines.length > 1 && delimiterBegin.test(last) ? lines.length - 2 : lines.length - 1;
  const line = lines[header] ?? '';
  const bar = firstBar(line);
  if (bar === undefined) return;
  const visible = line.slice(0, bar).trimEnd();
  lines.splice(header);
  if (visible !== prefixOf(line).trimEnd()) lines.push(visible);
}

/** Where the first cell may end: the first `|` outside code. */
function firstBar(line: string): number | undefined {
  const { codeSpans } = libraries();
  let from = 0;
  for (const { start, end } of [...codeSpans(line), { start: line.length, end: line.length }]) {
    const text = line.slice(from, start).replaceAll(/\\./g, '  ');
    const bar = text.indexOf('|');
    const tick = text.indexOf('`');
    if (tick >= 0 && (bar < 0 || tick < bar)) return undefined;
    if (bar >= 0) return from + bar;
    from = end;
  }
  return undefined;
}

function prefixOf(line: string): string {
  return blockPrefix.exec(line)?.[0] ?? '';
}
