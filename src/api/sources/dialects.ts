import type { Citation } from '../../shared/answer.ts';
import { asArray, asObject, asText } from '../../shared/json.ts';
import { firstField, looseList, looseNumber } from '../fields.ts';
import { readCitation } from './citation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Where an object of a response may hold sources. */
interface Places {
  readonly object: Fields;
  readonly choice: Fields | undefined;
  /** The delta, else the message. */
  readonly message: Fields | undefined;
  /** The model that was asked, or that answers. */
  readonly model: string;
}

/** A place of the text that a server says a source belongs to, in UTF-16 code units or in code points. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly citations: readonly Citation[];
  /** Where in the text each belongs, if the server says. */
  readonly ranges?: readonly (Range | undefined)[];
  /** Whether these come after those of before; else they replace them. */
  readonly appends?: true;
  /** Which part of a list this is, where a server sends it in parts that are each repeated. */
  readonly part?: string;
}

/** One server's way to name its sources. */
export interface Dialect {
  readonly servers: string;
  /** Absent: nothing of it is there. */
  read(places: Places): Found | undefined;
}

/** All dialects on the Chat Completions wire; where an answer has more than one, the first counts, and the others add titles. */
export const dialects: readonly Dialect[] = [
  {
    servers: 'Perplexity Sonar, You.com, xAI and gateways: [n] counts places',
    read: ({ object }) => list(object['citations'], byPlace),
  },
  {
    servers: 'Baidu and Sonar without citations: [n] is the index, else the place',
    read: ({ object }) => list(object['search_results'], byIndex),
  },
  {
    servers: 'Hunyuan: [n] is the index',
    read: ({ object }) => list(asObject(object['search_info'])?.['search_results'], byIndex),
  },
  {
    servers: 'Zhipu, Z.ai: [ref_n]',
    read: ({ object, message }) =>
      list(object['web_search'] ?? message?.['web_search'], (item) => asText(asObject(item)?.['refer'])),
  },
  {
    servers: 'Azure with own data: [docN]',
    read: ({ message }) => list(asObject(message?.['context'])?.['citations'], (_item, place) => `doc${place + 1}`),
  },
  {
    servers: 'Open WebUI: [n] counts the distinct sources of all documents',
    read: ({ object }) => openWebUi(object['sources']),
  },
  {
    servers: 'Venice: [REF]n[/REF], from 0',
    read: ({ object }) =>
      list(asObject(object['venice_parameters'])?.['web_search_citations'], (_item, place) => `REF${place}`),
  },
  {
    servers: 'MiniMax: 【5†source】',
    read: ({ object }) => miniMax(object['messages']),
  },
  {
    servers: 'OpenAI, LiteLLM, OpenRouter, Jina: links in the text, for some [n] or [^n]',
    read: ({ message, model }) => annotations(message?.['annotations'], model),
  },
  { servers: 'Exa: no marks', read: ({ message }) => list(message?.['citations']) },
  {
    servers: 'Groq compound: no marks; the list of a tool is empty, then filled',
    read: ({ message }) => executedTools(message?.['executed_tools']),
  },
  {
    servers: 'Mistral: parts of the content',
    read: ({ message }) => references(message?.['content']),
  },
  {
    servers: 'Gemini behind gateways: no marks',
    read: ({ object, choice, message }) => grounding(object, choice, message),
  },
  {
    servers: 'Claude behind LiteLLM: one a delta, no marks',
    read({ message }) {
      const citation = asObject(message?.['provider_specific_fields'])?.['citation'];
      return asObject(citation) && { citations: [readCitation(citation)], appends: true };
    },
  },
];

type MarkOf = (item: unknown, place: number) => string | undefined;

/** `[n]` counts places, so what is no source keeps its own. */
const byPlace: MarkOf = (_item, place) => String(place + 1);

const byIndex: MarkOf = (item, place) =>
  (looseNumber(firstField(asObject(item), 'index', 'id')) ?? place + 1).toString();

function list(value: unknown, markOf: MarkOf = () => undefined): Found | undefined {
  const items = asArray(value);
  if (!items || items.length === 0) return undefined;
  return { citations: items.map((item, place) => readCitation(item, markOf(item, place))) };
}

/** `{type: 'url_citation', url_citation: {url, title, start_index, end_index}}`, or these fields without the wrapper. */
function annotations(value: unknown, model: string): Found | undefined {
  const items = asArray(value)?.flatMap((item) => {
    const fields = asObject(item);
    const inner = asObject(fields?.['url_citation']) ?? fields;
    return inner && asText(firstField(inner, 'url', 'uri')) !== undefined ? [inner] : [];
  });
  if (!items || items.length === 0) return undefined;
  // Perplexity's models mark by place on other servers, too.
  const countsPlaces = /(?:^|\/)(?:perplexity\/|sonar)/i.test(model);
  return {
    citations: items.map((item) =>
      readCitation(item, countsPlaces ? '' : item['exactQuote'] === undefined ? undefined : '^'),
    ),
    ranges: items.map(rangeOf),
    appends: true,
  };
}

/** Absent where the server says none: 0 to 0. */
export function rangeOf(fields: Fields): Range | undefined {
  const start = looseNumber(fields['start_index']);
  const end = looseNumber(fields['end_index']);
  return start !== undefined && end !== undefined && end > start ? { start, end } : undefined;
}

/** `[{source: {name, url}, document: [], metadata: [{source}]}]` */
function openWebUi(value: unknown): Found | undefined {
  const citations: Citation[] = [];
  const known = new Set<unknown>();
  for (const entry of (asArray(value) ?? []).map(asObject)) {
    const source = asObject(entry?.['source']);
    const documents = looseList(entry?.['document']);
    for (const [place, item] of looseList(entry?.['metadata']).entries()) {
      const metadata = asObject(item);
      const name = asText(metadata?.['source']) ?? asText(source?.['id']) ?? asText(source?.['name']);
      if (name === undefined || known.has(name)) continue;
      known.add(name);
      const url = [name, asText(source?.['url'])].find((each) => /^https?:/i.test(each ?? '')) ?? '';
      const title = asText(metadata?.['title']) ?? asText(source?.['name']) ?? name;
      const snippet = asText(documents[place]);
      citations.push(readCitation({ url, title, snippet }, String(citations.length + 1)));
    }
  }
  return citations.length === 0 ? undefined : { citations };
}

/** `messages[].annotations[{text, url}]`: the text is the mark. */
function miniMax(value: unknown): Found | undefined {
  const items = (asArray(value) ?? []).flatMap((message) => asArray(asObject(message)?.['annotations']) ?? []);
  const citations = items.map((item) => {
    const { text, ...fields } = asObject(item) ?? {};
    return readCitation(fields, /^【(.+)】$/.exec(asText(text) ?? '')?.[1]);
  });
  return citations.length === 0 ? undefined : { citations };
}

function executedTools(value: unknown): Found | undefined {
  const tools = (asArray(value) ?? []).map(asObject);
  for (const tool of tools) {
    const results = asArray(asObject(tool?.['search_results'])?.['results']);
    if (!results || results.length === 0) continue;
    const index = firstField(tool, 'index', 'id');
    if (tools.length === 1)
      return { citations: results.map((item) => readCitation(item)), part: JSON.stringify(index ?? 0) };
  }
  const all = tools.flatMap((tool) => asArray(asObject(tool?.['search_results'])?.['results']) ?? []);
  return all.length === 0 ? undefined : { citations: all.map((item) => readCitation(item)) };
}

/** Content parts `tool_reference{title, url}`, and `reference` where it has a URL. */
function references(value: unknown): Found | undefined {
  const parts = (asArray(value) ?? []).map(asObject);
  const found = parts.filter(
    (part) => /reference/.test(asText(part?.['type']) ?? '') && asText(part?.['url']) !== undefined,
  );
  return found.length === 0 ? undefined : { citations: found.map((part) => readCitation(part)), appends: true };
}

function grounding(...places: readonly (Fields | undefined)[]): Found | undefined {
  for (const place of places) {
    const metadata = firstField(place, 'vertex_ai_grounding_metadata', 'groundingMetadata', 'grounding_metadata');
    const chunks = looseList(metadata).flatMap((each) => {
      const fields = asObject(each);
      return asArray(firstField(fields, 'groundingChunks', 'grounding_chunks')) ?? [];
    });
    const citations = chunks.flatMap((chunk) => {
      const web = asObject(chunk)?.['web'];
      return asObject(web) ? [readCitation(web)] : [];
    });
    if (citations.length > 0) return { citations };
  }
  return undefined;
}
