import type { Citation } from './answer.ts';

/**
 * The marks with which an answer's text names its sources: `[7]`, `[1][2]`, `[1, 2]`, `[web:3]`, `[doc2]`, `[ref_1]`,
 * `[REF]0[/REF]`, `[[n]](url)` and `【5†source】`. They mean a source by its `mark`, never by its place.
 */

/** One mark; what follows may not make a link of it. */
const one = String.raw`\[\d{1,3}(?: ?[,;] ?\d{1,3})*\](?!\()|\[web:\d{1,3}\](?!\()|\[(?:doc|ref_)\d{1,3}\](?!\()|\[REF\]\d{1,3}(?: ?, ?\d{1,3})*\[/REF\]|【[^【】\n]{1,80}】|\[\[\d{1,3}\]\]\([^()\s]{1,2000}\)`;

/** A mark at the start of a text. */
export const markAtStart = new RegExp(`^(?:${one})`);

/** Each mark of a line. */
export const markPattern = new RegExp(one, 'g');

export function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** The sources by what a mark calls them. */
export function sourcesByMark(citations: readonly Citation[]): ReadonlyMap<string, Citation> {
  return new Map(citations.flatMap((citation) => (citation.mark === undefined ? [] : [[citation.mark, citation]])));
}

/** What a written mark calls its sources, in their order: `['1', '2']` for `[1, 2]`. */
export function namesOf(mark: string): readonly string[] {
  if (mark.startsWith('【')) return [mark.slice(1, -1)];
  const inner =
    /^\[\[?(?:REF\])?(?:web:)?([^\]]*)\]/.exec(mark.startsWith('[REF]') ? mark.replace('[/REF]', ']') : mark)?.[1] ??
    '';
  const names = inner.split(/ ?[,;] ?/);
  return mark.startsWith('[REF]') ? names.map((name) => `REF${name}`) : names;
}

/** The sources that a written mark means; absent: it means none, or not each of its names does. */
export function citedBy(mark: string, byMark: ReadonlyMap<string, Citation>): readonly Citation[] | undefined {
  const sources = namesOf(mark).map((name) => byMark.get(name));
  return sources.every((source) => source !== undefined) ? sources : undefined;
}

/** What a source is called on the screen: its number in the text, else its place among those with a mark. */
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

/** Whether two lists of sources say the same. */
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

/** A source's URL without what tells the site where the reader came from, as it is compared. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])utm_source=openai&?/, '$1').replace(/[?&]$/, '');
}
