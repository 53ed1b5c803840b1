import { essence, isBlank, splitLines } from './lines.ts';
import type { Original } from './original.ts';
import { isProseLanguage, type ReplyTarget } from './target.ts';

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
export function readPatch(text: string, info: string, { document }: ReplyTarget): readonly Change[] | undefined {
  const lines = splitLines(text);
  const isDocument = document.includes(lines.find((line) => searchMark.test(line)) ?? '\0');
  if (!isDocument && lines.some((line) => searchMark.test(line)) && lines.some((line) => middleMark.test(line))) {
    return readSearchReplace(lines, splitLines(document));
  }
  if (/^\*\*\* (?:Begin Patch|Update File: )/m.test(text)) {
    // linear: it begins where a line begins.
    return readUnifiedDiff(text.replaceAll(/^\*\*\* (?:Begin Patch|End Patch|Update File: .*|End of File)$/gm, '@@'));
  }
  const isDiff = /^(?:diff|patch|udiff)\b/i.test(info);
  if (/^@@ .*@@/m.test(text) || /^--- \S.*\n\+\+\+ \S/m.test(text)) return readUnifiedDiff(text);
  return isDiff && /^[+-]/m.test(text) ? readUnifiedDiff(text) : undefined;
}

/** Whether code is a diff without any header: lines of the selection behind `-`, and new ones behind `+`. */
export function isUnmarkedDiff(text: string, { own, around, target, grammar, before }: Original): boolean {
  const known = new Set(own);
  const lines = splitLines(text).filter((line) => !isBlank(line));
  const hasAdded = lines.some((line) => line.startsWith('+'));
  const removed = lines.filter((line) => line.startsWith('-') && isDiffLine(line, known)).length;
  if (lines.length < 2) return false;
  const isText =
    isProseLanguage(target.languageId) || target.languageId === 'yaml' || grammar.inside(before) !== 'code';
  if (!isText) return removed > 0 || (hasAdded && lines.every((line) => isDiffLine(line, known)));
  // In text such lines may be lists: the lines that stay must be behind a blank.
  const raw = new Set(splitLines(around.selection));
  const hasContext = lines.some((line) => line.startsWith(' ') && raw.has(line.slice(1)));
  return hasAdded && (removed > 0 || (hasContext && lines.every((line) => isDiffLine(line, known))));
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

/** Whether a text begins as a patch does, after the name of its file; marks that come later may be content. */
export function beginsAsPatch(text: string): boolean {
  const [first = '', second = ''] = splitLines(text).filter((line) => !isBlank(line));
  return isPatchLine(first, true) || /^[-+]/.test(first) || (/^\S+\.\w+$/.test(first) && isPatchLine(second, true));
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

/** The content may have such marks, too: those count that make what is searched for a part of the document. */
function readSearchReplace(lines: readonly string[], document: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  for (let start = lines.findIndex((line) => searchMark.test(line)); start !== -1;) {
    const middle = middleOf(lines, start + 1, document);
    const end = lines.findIndex((line, index) => index > middle && replaceMark.test(line));
    const next = lines.findIndex((line, index) => index > middle && searchMark.test(line));
    if (middle === -1 || end === -1 || (next !== -1 && next < end)) return [];
    changes.push({ find: lines.slice(start + 1, middle), replace: lines.slice(middle + 1, end), line: undefined });
    start = next;
  }
  return changes;
}

/** The last middle mark up to which lines are found in the document; else the first. */
function middleOf(lines: readonly string[], from: number, document: readonly string[]): number {
  const first = lines.findIndex((line, index) => index >= from && middleMark.test(line));
  let places = [...document.keys()];
  let middle = first;
  for (let at = from; at < lines.length && places.length > 0; at++) {
    const line = lines[at] ?? '';
    if (middleMark.test(line) && at > from) middle = at;
    places = places.filter((place) => document[place + at - from] === line);
  }
  return middle;
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
