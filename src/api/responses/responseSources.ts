import type { Citation } from '../../shared/answer.ts';
import { asArray, asObject, asText } from '../../shared/json.ts';
import { looseText } from '../fields.ts';
import { readCitation } from '../sources/citation.ts';
import { rangeOf } from '../sources/dialects.ts';
import { Sources } from '../sources/sources.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The sources of a response, each once, however often the server sends them. */
export class ResponseSources {
  readonly #sources = new Sources();
  /** Search results by id and URL. */
  readonly #results = new Map<string, { readonly id: string | undefined; readonly value: unknown }>();
  readonly #fetched = new Map<string, Citation>();

  /** @param text The answer, once it is whole. */
  citations(text?: string): readonly Citation[] {
    return this.#sources.citations(text);
  }

  /** `[{id, url, title, snippet, date}]`, of one search. */
  searchResults(value: unknown): void {
    for (const item of asArray(value) ?? []) {
      const fields = asObject(item);
      const id = looseText(fields?.['id']);
      const key = JSON.stringify([id, fields?.['url']]);
      if (fields && !this.#results.has(key)) this.#results.set(key, { id, value: item });
    }
    this.#list();
  }

  /** Pages that were read: no mark means them. */
  fetched(value: unknown): void {
    for (const item of asArray(value) ?? []) {
      const citation = readCitation(item);
      if (citation.url !== '') this.#fetched.set(citation.url, citation);
    }
    this.#list();
  }

  annotation(value: unknown): void {
    const fields = asObject(value);
    if (!fields || fields['type'] !== 'url_citation') return;
    const inner = asObject(fields['url_citation']) ?? fields;
    if (asText(inner['url']) === undefined) return;
    this.#sources.add(1, { citations: [readCitation(inner)], ranges: [rangeOf(inner)], appends: true });
  }

  /** What an item of the output names. */
  item(item: Fields): void {
    switch (item['type']) {
      case 'search_results':
        this.searchResults(item['results']);
        break;
      case 'fetch_url_results':
        this.fetched(item['contents']);
        break;
      case 'message':
        for (const part of asArray(item['content']) ?? []) {
          for (const annotation of asArray(asObject(part)?.['annotations']) ?? []) this.annotation(annotation);
        }
        break;
      case 'web_search_call': {
        const sources = asArray(asObject(item['action'])?.['sources']) ?? [];
        const citations = sources
          .filter((each) => asText(asObject(each)?.['url']) !== undefined)
          .map((each) => readCitation(each));
        if (citations.length > 0) this.#sources.add(2, { citations, appends: true });
        break;
      }
      default:
    }
  }

  /** The text marks results by their ids, which are meant to be unique over all searches; else it counts places. */
  #list(): void {
    const results = [...this.#results.values()];
    const ids = new Set(results.map(({ id }) => id));
    const hasIds = !ids.has(undefined) && ids.size === results.length;
    const marked = results.map(({ id, value }, place) => readCitation(value, hasIds ? id : String(place + 1)));
    const urls = new Set(marked.map(({ url }) => url));
    const others = [...this.#fetched.values()].filter(({ url }) => !urls.has(url));
    this.#sources.add(0, { citations: [...marked, ...others] });
  }
}
