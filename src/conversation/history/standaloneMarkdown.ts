/** An open fence: the prefix of its lines, and what closes it. */
interface OpenFence {
  /** Quote marks and blanks before the fence: a line with the same prefix is in the same container. */
  readonly prefix: string;
  readonly marks: string;
}

// linear: it begins where the line begins, and looks ahead to the next backtick.
const fenceLine = /^((?: {0,3}>)* ?)([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})/;
/** HTML void elements, which have no end tag. */
const voidElements: ReadonlySet<string> = new Set([
  'br',
  'hr',
  'img',
  'input',
  'wbr',
  'col',
  'area',
  'source',
  'track',
]);

/**
 * The answer as Markdown that doesn't affect what follows it: closes an open code block and escapes HTML tags that are
 * never closed.
 */
export function standaloneMarkdown(text: string): string {
  const lines = text.split('\n');
  const unclosed = unclosedElements(lines);
  return mapProse(lines, (line) => escapeTags(line, unclosed)).join('\n');
}

/** A typed question as Markdown that renders as typed, with its line breaks; code blocks and code spans stay code. */
export function typedMarkdown(text: string): string {
  return mapProse(text.split('\n'), (line, next) => {
    const escaped = outsideCode(line, (part) => part.replaceAll(/[\\<&*_[\]~|]/g, String.raw`\$&`)).replace(
      /^( {0,3})([#>+=-]|\d{1,9}(?=[.)]))/,
      (_whole, blanks: string, mark: string) => (/\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`),
    );
    const isBroken = line.trim() !== '' && next !== undefined && next.trim() !== '';
    return isBroken ? `${escaped}\\` : escaped;
  }).join('\n');
}

/** Escapes a text as a one-line heading. */
export function typedHeading(text: string): string {
  return outsideCode(text.replaceAll(/\s+/g, ' '), (part) => part.replaceAll(/[\\<&*_[\]~#|]/g, String.raw`\$&`));
}

/** Changes the lines outside fenced code, and closes a fence that is left open. */
function mapProse(lines: readonly string[], change: (line: string, next: string | undefined) => string): string[] {
  const changed: string[] = [];
  let fence: OpenFence | undefined;
  for (const [index, line] of lines.entries()) {
    if (fence && isOutside(line, fence)) fence = undefined;
    const before = fence;
    fence = fence ? (closes(line, fence) ? undefined : fence) : opened(line);
    const next = lines[index + 1];
    const isProseNext = next !== undefined && !opened(next);
    changed.push(before || fence ? line : change(line, isProseNext ? next : undefined));
  }
  if (fence) changed.push(`${fence.prefix}${fence.marks}`);
  return changed;
}

function opened(line: string): OpenFence | undefined {
  const [, quotes = '', before = '', marks] = fenceLine.exec(line) ?? [];
  if (marks === undefined || (quotes === '' && /^(?: {4}|\t)/.test(before))) return undefined;
  return { prefix: quotes + ' '.repeat(before.length), marks };
}

function closes(line: string, { marks }: OpenFence): boolean {
  const text = line.replace(/^[\s>]+/, '').trimEnd();
  return text.length >= marks.length && text === marks.charAt(0).repeat(text.length);
}

/** Whether the quote or list around a fence ended before the fence was closed. */
function isOutside(line: string, { prefix }: OpenFence): boolean {
  if (prefix.includes('>')) return !/^ {0,3}>/.test(line);
  return prefix.length >= 2 && line.trim() !== '' && !/^(?: {2}|\t)/.test(line);
}

/** Lower-case names of HTML elements with more start tags than end tags, and `!--` and the like without their end. */
function unclosedElements(lines: readonly string[]): ReadonlySet<string> {
  const depths = new Map<string, number>();
  mapProse(lines, (line) =>
    outsideCode(line, (part) => {
      for (const [, end, name = ''] of part.matchAll(/<(\/?)([a-z][\w-]*|!--|!\[CDATA\[|\?|![a-z])/gi)) {
        const element = name.toLowerCase();
        depths.set(element, (depths.get(element) ?? 0) + (end === '/' ? -1 : 1));
      }
      for (const _end of part.matchAll(/-->/g)) depths.set('!--', (depths.get('!--') ?? 0) - 1);
      return part;
    }),
  );
  return new Set([...depths].filter(([name, depth]) => depth > 0 && !voidElements.has(name)).map(([name]) => name));
}

function escapeTags(line: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return line;
  return outsideCode(line, (part) =>
    part.replaceAll(/<([a-z][\w-]*|!--|!\[CDATA\[|\?|![a-z])/gi, (whole, name: string) =>
      names.has(name.toLowerCase()) ? `\\${whole}` : whole,
    ),
  );
}

/** Changes the parts of a line outside its code spans. */
function outsideCode(line: string, change: (part: string) => string): string {
  const runs = [...line.matchAll(/`+/g)];
  const later = Map.groupBy(runs.keys(), (index) => runs[index]?.[0].length ?? 0);
  let changed = '';
  let at = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (!run) break;
    const sameLength = later.get(run[0].length) ?? [];
    while (sameLength.length > 0 && (sameLength[0] ?? 0) <= index) sameLength.shift();
    const [closing] = sameLength;
    const close = closing === undefined ? undefined : runs[closing];
    if (closing === undefined || !close) continue;
    const end = close.index + close[0].length;
    changed += change(line.slice(at, run.index)) + line.slice(run.index, end);
    at = end;
    index = closing;
  }
  return changed + change(line.slice(at));
}
