import { essence, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { isProseLanguage } from './target.ts';

/** Lines to be found in the document, and the lines to be put there. */
export interface Change {
  readonly find: readonly string[];
  readonly replace: readonly string[];
  /** Index of the line where a unified diff says that it is; nothing depends on it but a choice between equals. */
  readonly line: number | undefined;
}

/** Whether the document itself is a patch: then one is its code. */
export function isPatchLanguage({ languageId }: ReplyTarget): boolean {
  return languageId === 'diff' || languageId === 'patch';
}

/** The changes that a unified diff or search/replace blocks describe, or `undefined` if the text is neither. */
export function readPatch(text: string, info: string): readonly Change[] | undefined {
  const lines = splitLines(text);
  if (lines.some((line) => searchMark.test(line)) && lines.some((line) => middleMark.test(line))) {
    return readSearchReplace(lines);
  }
  if (/^\*\*\* (?:Begin Patch|Update File: )/m.test(text)) {
    return readUnifiedDiff(text.replaceAll(/^\*\*\* (?:Begin Patch|End Patch|Update File: .*|End of File)$/gm, '@@'));
  }
  const isDiff = /^(?:diff|patch|udiff)\b/i.test(info);
  if (/^@@ .*@@/m.test(text) || /^--- \S.*\n\+\+\+ \S/m.test(text)) return readUnifiedDiff(text);
  return isDiff && /^[+-]/m.test(text) ? readUnifiedDiff(text) : undefined;
}

/** Whether code is a diff without any header: lines of the selection behind `-`, or new ones behind `+`. */
export function isUnmarkedDiff(text: string, target: ReplyTarget): boolean {
  const own = linesOfSelection(target);
  const lines = splitLines(text).filter((line) => !isBlank(line));
  const hasAdded = lines.some((line) => line.startsWith('+'));
  const isRemoved = lines.some((line) => line.startsWith('-') && isDiffLine(line, own));
  const isAdded = hasAdded && lines.every((line) => isDiffLine(line, own));
  const hasLists = isProseLanguage(target.languageId) || target.languageId === 'yaml';
  const hasContext = lines.some((line) => own.has(line.trim()));
  return lines.length > 1 && (hasLists ? hasAdded && (isRemoved || (isAdded && hasContext)) : isRemoved || isAdded);
}

/** The lines by which a diff without a header is recognised. */
export function linesOfSelection({ document, start, end }: ReplyTarget): ReadonlySet<string> {
  return new Set(essence(document.slice(start, end)));
}

/** Whether a line reads as one of a diff of the selection. */
export function isDiffLine(line: string, own: ReadonlySet<string>): boolean {
  if (own.has(line.trim())) return !/^[+-]/.test(line);
  return line.startsWith('+') || (line.startsWith('-') && own.has(line.slice(1).trim()));
}

/** Whether a line of a text that still comes may be of a patch. */
export function isPatchLine(line: string, isFirst: boolean): boolean {
  return (
    searchMark.test(line) ||
    /^(?:@@ .*@@|\*\*\* (?:Begin Patch|Update File: ))/i.test(line) ||
    (isFirst && /^(?:--- \S|diff --git |index [\da-f]+\.\.)/.test(line))
  );
}

/** The lines of a search/replace block; models write the file's name behind them, and dashes and pluses for the angles. */
const searchMark = /^(?:<{5,9}[ \t]*(?:$|(?:SEARCH|ORIGINAL|HEAD)\b)|-{5,9}[ \t]*SEARCH\b)/i;
const middleMark = /^={5,9}[ \t]*$/;
const replaceMark = /^(?:>{5,9}(?:[ \t]|\w+$|$)|\+{5,9}[ \t]*REPLACE\b)/i;

function readSearchReplace(lines: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let find: string[] | undefined;
  let replace: string[] | undefined;
  for (const line of lines) {
    if (searchMark.test(line)) {
      // The block before has no end.
      if (find) return [];
      find = [];
    } else if (find && !replace && middleMark.test(line)) replace = [];
    else if (find && replace && replaceMark.test(line)) {
      changes.push({ find, replace, line: undefined });
      find = undefined;
      replace = undefined;
    } else (replace ?? find)?.push(line);
  }
  return find === undefined ? changes : [];
}

function readUnifiedDiff(text: string): readonly Change[] {
  const changes: Change[] = [];
  let find: string[] = [];
  let replace: string[] = [];
  let at: number | undefined;
  const end = () => {
    const change = withoutBlankEnd(find, replace);
    if (change.find.length + change.replace.length > 0) changes.push({ ...change, line: at });
    find = [];
    replace = [];
  };
  for (const line of splitLines(text)) {
    const header = /^@@(?: -(\d+))?/.exec(line);
    if (header) {
      end();
      at = header[1] === undefined ? undefined : Number(header[1]) - 1;
    } else if (
      /^(?:--- |\+\+\+ |diff --git |index [\da-f]+\.\.|new file mode|\\ )/.test(line) &&
      isHeader(line, find, replace)
    ) {
      if (!line.startsWith('\\')) end();
    } else if (line.startsWith('-')) find.push(line.slice(1));
    else if (line.startsWith('+')) replace.push(line.slice(1));
    else {
      find.push(line.replace(/^ /, ''));
      replace.push(line.replace(/^ /, ''));
    }
  }
  end();
  return changes;
}

/** A removed line may begin with `-- `: inside a hunk, only the end of it tells a header. */
function isHeader(line: string, find: readonly string[], replace: readonly string[]): boolean {
  return find.length + replace.length === 0 || !/^(?:--- |\+\+\+ )/.test(line) || /^(?:--- |\+\+\+ )[ab]\//.test(line);
}

/** A blank line at the end of a hunk is most often none of it. */
function withoutBlankEnd(find: readonly string[], replace: readonly string[]): Omit<Change, 'line'> {
  const both = find.at(-1) === '' && replace.at(-1) === '';
  return both ? { find: find.slice(0, -1), replace: replace.slice(0, -1) } : { find, replace };
}

/**
 * The selection after the changes.
 *
 * @returns `undefined` unless each change is found exactly once, whole lines and white space included, and nothing
 * outside the selection changes
 */
export function applyPatch(changes: readonly Change[], target: ReplyTarget): string | undefined {
  const { document, start, end } = target;
  const lines = splitLines(document);
  const starts = lineStarts(document);
  const lineEnd = (line: number) => (starts[line] ?? 0) + (lines[line] ?? '').length;
  const edits: { from: number; to: number; text: string }[] = [];
  for (const change of changes) {
    const at = locate(change, lines, starts, target);
    if (at === undefined) return undefined;
    const head = sharedHead(change);
    const tail = sharedTail(change, head);
    const find = change.find.slice(head, change.find.length - tail);
    const replace = change.replace.slice(head, change.replace.length - tail);
    const first = at + head;
    if (find.length > 0 && replace.length > 0) {
      edits.push({ from: starts[first] ?? 0, to: lineEnd(first + find.length - 1), text: replace.join('\n') });
    } else if (find.length > 0) {
      const next = starts[first + find.length];
      const from = next === undefined && first > 0 ? lineEnd(first - 1) : (starts[first] ?? 0);
      edits.push({ from, to: next ?? document.length, text: '' });
    } else if (replace.length > 0) {
      const offset = starts[first];
      const text = replace.join('\n');
      const above = first > 0 ? lineEnd(first - 1) : undefined;
      // Lines behind the last of a selection that does not have its line break.
      const isBehindEnd = above === end && start < end;
      edits.push(
        offset === undefined || isBehindEnd
          ? { from: above ?? 0, to: above ?? 0, text: `\n${text}` }
          : { from: offset, to: offset, text: `${text}\n` },
      );
    }
  }
  edits.sort((a, b) => a.from - b.from);
  return written(edits, document, start, end, target.eol);
}

function written(
  edits: readonly { readonly from: number; readonly to: number; readonly text: string }[],
  document: string,
  start: number,
  end: number,
  eol: string,
): string | undefined {
  let text = '';
  let at = start;
  for (const edit of edits) {
    if (edit.from < at || edit.to > end) return undefined;
    text += document.slice(at, edit.from) + edit.text.replaceAll('\n', eol);
    at = edit.to;
  }
  return text + document.slice(at, end);
}

/** Index of the only line where the change can be meant. */
function locate(
  { find, line }: Change,
  lines: readonly string[],
  starts: readonly number[],
  { document, start, end }: ReplyTarget,
): number | undefined {
  if (find.every(isBlank)) return document.trim() === '' && lines.length === 1 ? 0 : undefined;
  const found: number[] = [];
  for (let at = 0; at + find.length <= lines.length; at++) {
    if (find.every((text, index) => lines[at + index] === text)) found.push(at);
  }
  if (found.length === 1) return found[0];
  const selected = found.filter((at) => (starts[at] ?? 0) >= start && (starts[at + find.length - 1] ?? 0) < end);
  if (selected.length === 1) return selected[0];
  return line !== undefined && found.includes(line) ? line : undefined;
}

function sharedHead({ find, replace }: Change): number {
  let count = 0;
  while (count < find.length && count < replace.length && find[count] === replace[count]) count++;
  return count;
}

function sharedTail({ find, replace }: Change, head: number): number {
  let count = 0;
  const most = Math.min(find.length, replace.length) - head;
  while (count < most && find.at(-1 - count) === replace.at(-1 - count)) count++;
  return count;
}

function lineStarts(document: string): number[] {
  const starts = [0];
  for (const lineBreak of document.matchAll(/\r\n|\r|\n/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return starts;
}
