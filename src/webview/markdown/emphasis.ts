import { characterAt, characterBefore, characterClass } from '../../shared/characters.ts';

/** Whether a run of `*`, `_` or `~` can open or close emphasis. */
export interface Flanking {
  readonly opens: boolean;
  readonly closes: boolean;
}

/**
 * CommonMark 0.31, section 6.2, with Chinese, Japanese and Korean characters treated as blanks: those languages have
 * none between words, so that `**「重点」**内容` is bold.
 * @param start Start of the run in the text.
 * @param end Its end.
 */
export function flanking(text: string, start: number, end: number): Flanking {
  const before = characterClass(characterBefore(text, start));
  const after = characterClass(characterAt(text, end));
  const left = after !== 'blank' && (after !== 'punctuation' || before !== 'word');
  const right = before !== 'blank' && (before !== 'punctuation' || after !== 'word');
  if (text[start] !== '_') return { opens: left, closes: right };
  return { opens: left && (!right || before === 'punctuation'), closes: right && (!left || after === 'punctuation') };
}

/** Emphasis in a text. */
export interface Span {
  /** After its closing marker. */
  readonly end: number;
  /** Length of each marker: 1 for `*a*`, 2 for `**a**` and `~~a~~`. */
  readonly marker: 1 | 2;
}

interface Run extends Flanking {
  readonly character: string;
  /** Remaining part. */
  start: number;
  end: number;
  /** Original length. */
  readonly length: number;
}

/**
 * The emphasis of a paragraph, by start index. Code, links and escapes are masked in the text. Each run is examined a
 * bounded number of times.
 */
export function emphasisSpans(text: string): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  const open: Run[] = [];
  /** Below this index of `open`, nothing matches a closer of that kind (the spec's `openers_bottom`). */
  const bottoms = new Map<string, number>();
  for (const { 0: found, index } of text.matchAll(/\*+|_+|~+/g)) {
    if (found.startsWith('~') && found.length !== 2) continue;
    const end = index + found.length;
    const run: Run = {
      character: found[0] ?? '',
      start: index,
      end,
      length: found.length,
      ...flanking(text, index, end),
    };
    if (run.closes) closeWith(run, open, bottoms, spans);
    if (run.opens && run.start < run.end) open.push(run);
  }
  return spans;
}

function closeWith(closer: Run, open: Run[], bottoms: Map<string, number>, spans: Map<number, Span>): void {
  const kind = `${closer.character}${closer.length % 3}${closer.opens}`;
  while (closer.start < closer.end) {
    const bottom = Math.min(bottoms.get(kind) ?? 0, open.length);
    const index = open.findLastIndex((opener, place) => place >= bottom && matches(opener, closer));
    const opener = open[index];
    if (!opener) {
      bottoms.set(kind, open.length);
      return;
    }
    open.length = index + 1;
    const marker = opener.end - opener.start >= 2 && closer.end - closer.start >= 2 ? 2 : 1;
    opener.end -= marker;
    closer.start += marker;
    spans.set(opener.end, { end: closer.start, marker });
    if (opener.end === opener.start) open.pop();
  }
}

/**
 * A run that can open and close doesn't match if the lengths add up to a multiple of three, unless both are multiples
 * of three.
 */
function matches(opener: Run, closer: Run): boolean {
  if (opener.character !== closer.character) return false;
  if (opener.character === '~' || (!opener.closes && !closer.opens)) return true;
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}
