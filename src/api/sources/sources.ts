import type { Citation } from '../../shared/answer.ts';
import { isWebUrl, plainUrl } from '../../shared/marks.ts';
import type { Found, Range } from './dialects.ts';

/** The sources of one way to name them, as they come together. */
class SourceList {
  #parts = new Map<string, readonly Citation[]>();
  #ranges: (Range | undefined)[] = [];

  add({ citations, ranges = [], appends, part = '' }: Found): boolean {
    const before = this.#parts.get(part) ?? [];
    if (!appends) {
      this.#parts.set(part, citations);
      return true;
    }
    const grown = [...before];
    for (const [place, citation] of citations.entries()) {
      const known = grown.findIndex(({ url }) => plainUrl(url) === plainUrl(citation.url));
      if (known >= 0) {
        const { mark } = grown[known] ?? {};
        grown[known] = { ...citation, ...grown[known], ...(mark !== undefined && { mark }) };
        this.#ranges[known] ??= ranges[place];
        continue;
      }
      // A mark that counts places is known when its place is.
      const { mark } = citation;
      const counts = mark === '' || mark === '^';
      grown.push(counts ? { ...citation, mark: `${mark}${grown.length + 1}` } : citation);
      this.#ranges[grown.length - 1] = ranges[place];
    }
    this.#parts.set(part, grown);
    return true;
  }

  get citations(): readonly Citation[] {
    return this.#parts.size === 1 ? ([...this.#parts.values()][0] ?? []) : [...this.#parts.values()].flat();
  }

  /** The citations with the marks that stand where the server says they belong. */
  marked(text: string): readonly Citation[] {
    return this.citations.map((citation, place) => {
      const range = this.#ranges[place];
      const mark = citation.mark === undefined && range ? markIn(text, range) : undefined;
      return mark === undefined ? citation : { ...citation, mark };
    });
  }
}

/** All sources that an answer names, in whatever ways. */
export class Sources {
  readonly #lists: (SourceList | undefined)[] = [];

  /** @param rank Of the way to name them; 0 counts first. */
  add(rank: number, found: Found): void {
    (this.#lists[rank] ??= new SourceList()).add(found);
  }

  /** As far as known. @param text The answer, once it is whole: only then places in it can be looked up. */
  citations(text?: string): readonly Citation[] {
    const lists = this.#lists
      .filter((list) => list !== undefined)
      .map((list) => (text === undefined ? list.citations : list.marked(text)));
    const first = lists.find((list) => list.length > 0) ?? [];
    const others = lists.filter((list) => list !== first).flat();
    const merged = unique(others.length === 0 ? first : withDetails(first, others));
    return text === undefined ? merged : withLinkedMarks(merged, text);
  }
}

/** `[[n]](url)` in the text, as xAI writes it, is mark n of that page. */
function withLinkedMarks(citations: readonly Citation[], text: string): readonly Citation[] {
  const marks = new Map<string, string>();
  for (const [, mark = '', url = ''] of text.matchAll(/\[\[(\d{1,3})\]\]\(([^()\s]+)\)/g)) {
    if (!marks.has(plainUrl(url))) marks.set(plainUrl(url), mark);
  }
  if (marks.size === 0) return citations;
  return citations.map((citation) => {
    const mark = citation.mark ?? marks.get(plainUrl(citation.url));
    return mark === undefined ? citation : { ...citation, mark };
  });
}

/** What other ways tell of the same pages fills in what is missing. */
function withDetails(citations: readonly Citation[], others: readonly Citation[]): readonly Citation[] {
  const byUrl = new Map(others.map(({ mark: _mark, ...other }) => [plainUrl(other.url), other]));
  return citations.map((citation) => ({ ...byUrl.get(plainUrl(citation.url)), ...citation }));
}

/** One entry for each page, unless its marks differ. */
function unique(citations: readonly Citation[]): readonly Citation[] {
  const known = new Set<string>();
  return citations.filter(({ url, mark }) => {
    if (mark !== undefined || !isWebUrl(url)) return true;
    const plain = plainUrl(url);
    return !known.has(plain) && known.add(plain);
  });
}

/** The number of the mark that a range holds; servers count in UTF-16 code units or in code points. */
function markIn(text: string, { start, end }: Range): string | undefined {
  const units = text.slice(start, end);
  const points = (): string =>
    Array.from(text.slice(0, 2 * end))
      .slice(start, end)
      .join('');
  return markOf(units) ?? markOf(points());
}

function markOf(text: string): string | undefined {
  return /^\s*\[?\[(\d{1,3})\]\]?(?:\([^()\s]*\))?\s*$/.exec(text)?.[1];
}
