import type { Citation } from '../../shared/answer.ts';
import { asObject, asText, parseJson } from '../../shared/json.ts';
import { looseNumber } from '../fields.ts';
import { readCitation } from './citation.ts';

/** What a piece of content comes to once the tags in it are taken out. */
export interface Untagged {
  readonly text: string;
  readonly citations: readonly Citation[];
  /** The JSON of a `usage` tag. */
  readonly usage?: unknown;
}

/**
 * Takes out what Brave writes into the content: `<citation>{"number": 1, "url": …}</citation>`, which becomes a mark,
 * `<enum_item>{…}</enum_item>`, of which its words stay, and `<usage>{…}</usage>`. The tags may be cut anywhere; what
 * holds no JSON is text.
 */
export class InlineTags {
  /** The end of what came, as long as it may be a tag. */
  #held = '';
  #citations: readonly Citation[] = [];

  split(text: string): Untagged {
    if (this.#held === '' && !text.includes('<')) return { text, citations: this.#citations };
    let rest = this.#held + text;
    this.#held = '';
    let shown = '';
    let usage: unknown;
    for (let at = rest.indexOf('<'); at >= 0; at = rest.indexOf('<', at)) {
      const name = tagAt(rest, at);
      if (name === undefined) {
        at += 1;
        continue;
      }
      const end = name === 'cut' ? -1 : rest.indexOf(`</${name}>`, at);
      if (end < 0) {
        if (rest.length - at > longestTag) {
          at += 1;
          continue;
        }
        this.#held = rest.slice(at);
        return this.#untagged(shown + rest.slice(0, at), usage);
      }
      const value = asObject(parseJson(rest.slice(at + name.length + 2, end)));
      if (value) {
        if (name === 'usage') usage = value;
        shown += rest.slice(0, at) + this.#words(name, value);
        rest = rest.slice(end + name.length + 3);
        at = 0;
      } else at += 1;
    }
    return this.#untagged(shown + rest, usage);
  }

  /** The content has ended: what was held is text. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  #untagged(text: string, usage: unknown): Untagged {
    return { text, citations: this.#citations, ...(usage !== undefined && { usage }) };
  }

  #words(name: string, value: Readonly<Record<string, unknown>>): string {
    if (name === 'enum_item') return asText(value['original_tokens']) ?? asText(value['name']) ?? '';
    if (name !== 'citation') return '';
    const number = String(looseNumber(value['number']) ?? this.#citations.length + 1);
    if (!this.#citations.some(({ mark }) => mark === number)) {
      this.#citations = [...this.#citations, readCitation(value, number)];
    }
    return `[${number}]`;
  }
}

const names = ['citation', 'enum_item', 'usage'] as const;
/** In UTF-16 code units. */
const longestTag = 20_000;

/** The name of the tag with JSON that begins here; `cut`: too little has come to tell. */
function tagAt(text: string, at: number): (typeof names)[number] | 'cut' | undefined {
  for (const name of names) {
    const start = `<${name}>{`;
    if (text.startsWith(start, at)) return name;
    if (text.length - at < start.length && start.startsWith(text.slice(at))) return 'cut';
  }
  return undefined;
}
