import type { Citation } from './answer.ts';

/**
 * The marks by which an answer's text cites sources: `[7]`, `[1][2]`, `[1, 2]`, `[web:3]`, `[doc2]`, `[ref_1]`,
 * `[REF]0[/REF]`, `[[n]](url)` and `【5†source】`. They refer to a source by its `mark`, never by its position.
 */

/** One mark, unless the next character makes it a link. */
const one = String.raw`\[\d{1,3}(?: ?[,;] ?\d{1,3})*\](?!\()|\[web:\d{1,3}\](?!\()|\[(?:doc|ref_)\d{1,3}\](?!\()|\[REF\]\d{1,3}(?: ?, ?\d{1,3})*\[/REF\]|【[^【】\n]{1,80}】|\[\[\d{1,3}\]\]\([^()\s]{1,2000}\)`;

/** A mark at the start of a text. */
// linear: it begins where the text begins, and repeats up to a limit.
export const markAtStart = new RegExp(`^(?:${one})`);

/** All marks of a line. */
// linear: it repeats up to a limit, or ends where it may begin again.
export const markPattern = new RegExp(one, 'g');

export function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Indexes the sources by their `mark`. */
export function sourcesByMark(citations: readonly Citation[]): ReadonlyMap<string, Citation> {
  return new Map(citations.flatMap((citation) => (citation.mark === undefined ? [] : [[citation.mark, citation]])));
}

/** The names in a written mark, in order: `['1', '2']` for `[1, 2]`. */
export function namesOf(mark: string): readonly string[] {
  if (mark.startsWith('【')) return [mark.slice(1, -1)];
  const inner =
    /^\[\[?(?:REF\])?(?:web:)?([^\]]*)\]/.exec(mark.startsWith('[REF]') ? mark.replace('[/REF]', ']') : mark)?.[1] ??
    '';
  const names = inner.split(/ ?[,;] ?/);
  return mark.startsWith('[REF]') ? names.map((name) => `REF${name}`) : names;
}

/** The sources that a written mark cites; undefined unless all its names are known. */
export function citedBy(mark: string, byMark: ReadonlyMap<string, Citation>): readonly Citation[] | undefined {
  const sources = namesOf(mark).map((name) => byMark.get(name));
  return sources.every((source) => source !== undefined) ? sources : undefined;
}

/** The source's label on screen: its number in the text, else its position among the sources with a mark. */
export function sourceLabel(citation: Citation, citations: readonly Citation[]): string {
  if (citation.mark === undefined || /^\d+$/.test(citation.mark)) return citation.mark ?? '';
  const taken = new Set(citations.map(({ mark }) => mark));
  const others = citations.filter(({ mark }) => mark !== undefined && !/^\d+$/.test(mark));
  let label = 0;
  for (const other of others) {
    do label += 1;
    while (taken.has(String(label)));
    if (other === citation) break;
  }
  return String(label);
}

/** Whether two lists of sources are equal. */
export function sameCitations(some: readonly Citation[], others: readonly Citation[]): boolean {
  if (some === others) return true;
  return some.length === others.length && some.every((one, index) => sameCitation(one, others[index]));
}

function sameCitation(one: Citation, other: Citation | undefined): boolean {
  return (
    one.url === other?.url &&
    one.mark === other.mark &&
    one.title === other.title &&
    one.date === other.date &&
    one.snippet === other.snippet
  );
}

/** The URL without tracking parameters that say where the reader came from, for comparison. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])utm_source=openai&?/, '$1').replace(/[?&]$/, '');
}
