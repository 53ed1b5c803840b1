import type { Random } from '../../fuzz/random.ts';
import type { Change, Sample } from './samples.ts';

/** A change with the lines around it, as replies repeat them. */
export interface Place {
  readonly sample: Sample;
  readonly change: Change;
  /** The lines of the document before those of the change, and after them. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly old: readonly string[];
  readonly fresh: readonly string[];
}

/** For a part of a line, `old` and `fresh` are the whole line. */
export function placeOf(sample: Sample, change: Change): Place {
  const { document } = sample;
  const end = change.start + change.old.length;
  const from = document.lastIndexOf('\n', change.start - 1) + 1;
  const to = change.kind === 'lines' ? end : document.indexOf('\n', end) + 1;
  const fresh = document.slice(from, change.start) + change.fresh + document.slice(end, to);
  return {
    sample,
    change,
    above: linesOf(document.slice(0, from)),
    below: linesOf(document.slice(to)),
    old: linesOf(document.slice(from, to)),
    fresh: linesOf(fresh),
  };
}

/** The lines without the indentation that all of them have. */
export function dedented(lines: readonly string[]): string[] {
  const shared = Math.min(...lines.filter((line) => line !== '').map((line) => indentOf(line).length));
  return lines.map((line) => line.slice(shared));
}

export function trimmedFirst([first = '', ...more]: readonly string[]): string[] {
  return [first.trimStart(), ...more];
}

/** The lines with another unit of indentation; `undefined` where they cannot have it. */
export function reindented(lines: readonly string[], { unit, isFixed }: Sample, random: Random): string[] | undefined {
  const other = random.pick(['  ', '    ', '\t']);
  const isWhole = lines.every((line) => indentOf(line).length % unit.length === 0);
  if (isFixed || !isWhole || other === unit) return undefined;
  return lines.map((line) => other.repeat(indentOf(line).length / unit.length) + line.trimStart());
}

/** The new lines with some of those around them, the outermost of which occur once and say something. */
export function withLinesAround(place: Place, random: Random): string[] | undefined {
  const { above, below, fresh } = place;
  const upper = random.below(4);
  const lower = random.below(4);
  const before = upper === 0 ? [] : above.slice(-upper);
  const after = below.slice(0, lower);
  if (before.length + after.length === 0) return undefined;
  const edges = [before[0], after.at(-1)].filter((line) => line !== undefined);
  return edges.every((line) => isTelling(line, place)) ? [...before, ...fresh, ...after] : undefined;
}

/** The new lines with the block around them: from the line that opens it to the one that closes it. */
export function withBlockAround(place: Place): string[] | undefined {
  const { above, below, fresh, old } = place;
  const depth = indentOf(old[0] ?? '').length;
  const head = above.findLastIndex((line) => line.trim() !== '' && indentOf(line).length < depth);
  const opening = above[head];
  if (opening === undefined || !isTelling(opening, place)) return undefined;
  const outer = indentOf(opening).length;
  const next = below.findIndex((line) => line.trim() !== '' && indentOf(line).length <= outer);
  const closing = below[next] ?? '';
  const closes = /^\s*(?:[)\]}]|<\/|end\b|\{\{\/|End\b|\\end)/.test(closing);
  const rest = next < 0 ? below : below.slice(0, closes ? next + 1 : next);
  return [...above.slice(head), ...fresh, ...withoutBlankEnd(rest)];
}

export function wholeFile({ above, below, fresh }: Place): string[] {
  return [...above, ...fresh, ...below];
}

/** The whole file with the change and with another line changed, too. */
export function wholeFileChangedElsewhere(place: Place, random: Random): string[] | undefined {
  const { above, below, fresh } = place;
  const candidates = [...above.keys()].filter((index) => isTelling(above[index] ?? '', place));
  const [first, ...more] = candidates;
  if (first === undefined) return undefined;
  const chosen = random.pick([first, ...more]);
  const changed = above.map((line, index) => (index === chosen ? line.replace(/[A-Za-z]{4,}/, '$&Other') : line));
  return [...changed, ...fresh, ...below];
}

/** The change with what follows its first line left out for a comment; `undefined` where too little would be lost. */
export function withPlaceholder({ sample, old, fresh }: Place, text: string): string[] | undefined {
  const [first = '', second = '', third = ''] = old;
  const last = old.at(-1) ?? '';
  if (sample.comment === undefined || old.length < 4) return undefined;
  const closes = indentOf(last) === indentOf(first) && !/[a-z]{4}/i.test(last);
  const opening = second.trim() === '{' ? [second] : [];
  const comment = indentOf(opening.length > 0 ? third : second) + sample.comment(text);
  return [fresh[0] ?? first, ...opening, comment, ...(closes ? [last] : [])];
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

/** Whether a line of the document can be recognized in a reply: it has words, and occurs nowhere else. */
function isTelling(line: string, { above, below, old, fresh }: Place): boolean {
  const text = line.trim();
  const all = [...above, ...below, ...old, ...fresh].filter((other) => other.trim() === text);
  return /[A-Za-z]{4}/.test(text) && text.length >= 8 && all.length === 1;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
