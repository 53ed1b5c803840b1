import { indentOf, isBlank } from './lines.ts';
import type { Original } from './original.ts';
import type { CodeLine } from './syntax.ts';

const pairs = ['()', '[]', '{}'] as const;

interface Tags {
  /** Names of tags without an end, and of ends without a tag. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** Of all tags that end somewhere. */
  readonly names: ReadonlySet<string>;
}

/** The first kind of bracket, or the tag, that new lines leave open, or close, other than the old ones did. */
export function unbalanced(lines: readonly CodeLine[], original: Original): string | undefined {
  const old = original.old.lines;
  const { document } = original.target;
  for (const pair of pairs) {
    const [open = '', close = ''] = pair;
    const [before, after] = [bracketsOf(old, open, close), bracketsOf(lines, open, close)];
    if (before.opened === after.opened && before.closed === after.closed) continue;
    const surplus = document.split(open).length - document.split(close).length;
    // As in a shell's `case`: the language closes what it never opens.
    if (surplus < 0 && before.opened + after.opened === 0 && before.closed > 0 && after.closed > 0) continue;
    const change = after.opened - after.closed - (before.opened - before.closed);
    // What was wrong before is right now.
    if (surplus !== 0 && surplus + change === 0) continue;
    return after.opened > before.opened ? open : close;
  }
  const least = leastIndent(old);
  const ends = lines.find((line) => closer.test(line.code.trim()) && indentOf(line.text).length < least);
  if (ends) return ends.text.trim();
  const [before, after] = [tagsOf(old), tagsOf(lines)];
  const isPaired = (name: string): boolean => before.names.has(name) || after.names.has(name);
  const extra = [
    ...after.opened.filter((name) => isPaired(name) && !before.opened.includes(name)),
    ...before.opened.filter((name) => isPaired(name) && !after.opened.includes(name)),
  ];
  const closed = after.closed.find((name, index) => before.closed[index] !== name);
  if (extra[0] !== undefined) return `<${extra[0]}>`;
  return closed === undefined ? undefined : `</${closed}>`;
}

/** What ends a block: less indented than all of the selection, it ends one that began before it. */
const closer = /^(?:end|fi|done|esac|[)\]}]+)[;,]?$/;

function leastIndent(lines: readonly CodeLine[]): number {
  if (lines.every(({ text }) => isBlank(text))) return lines[0]?.text.length ?? 0;
  const shown = lines.filter(({ text }) => !isBlank(text));
  return Math.min(...shown.map(({ text }) => indentOf(text).length), shown.length === 0 ? 0 : Infinity);
}

function bracketsOf(lines: readonly CodeLine[], open: string, close: string): { opened: number; closed: number } {
  let [opened, closed] = [0, 0];
  for (const { code } of lines) {
    for (const character of code) {
      if (character === open) opened++;
      else if (character === close && opened > 0) opened--;
      else if (character === close) closed++;
    }
  }
  return { opened, closed };
}

/** Tags where the grammar knows of some. */
function tagsOf(lines: readonly CodeLine[]): Tags {
  const opened: string[] = [];
  const closed: string[] = [];
  const names = new Set<string>();
  const follow = (isEnd: boolean, name: string): void => {
    if (isEnd) names.add(name);
    const at = isEnd ? opened.lastIndexOf(name) : -1;
    if (at === -1) (isEnd ? closed : opened).push(name);
    else opened.splice(at, 1);
  };
  const texts = lines.map(({ text }) => text).join('\n');
  for (const [, end = '', name = ''] of texts.matchAll(/\\(begin|end)(\{\w+\*?\})/g)) follow(end === 'end', name);
  if (!lines.some(({ tokens }) => tokens.some(({ kind }) => kind === 'tag'))) return { opened, closed, names };
  const markup = lines.map(({ text, tokens }) =>
    tokens.map(({ start, end, kind }) => (kind === 'tag' || kind === 'code' ? text.slice(start, end) : ' ')).join(''),
  );
  for (const [, slash = '', name = '', end = ''] of markup
    .join('\n')
    // linear: what it repeats ends where it may begin again.
    .matchAll(/<(\/?)([A-Za-z][\w.:-]*)(?![\w.:-])([^<>]*)>/g)) {
    if (!end.endsWith('/')) follow(slash !== '', name);
  }
  return { opened, closed, names };
}
