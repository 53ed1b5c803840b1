import type { Marked, Tokens } from 'marked';
import type { Citation } from '../../shared/answer.ts';
import { longestReferences, longestUrl, mostMissingCells, shortened } from '../../shared/limits.ts';
import { longestBlock } from './blocks.ts';
import { citationMarks, withBracketMarks } from './citations.ts';
import { escapeHtml } from './escape.ts';
import { Footnotes } from './footnotes.ts';
import { formulas } from './formulas.ts';
import { inlineTokenizer } from './inlineTokenizer.ts';
import { libraries } from './loadLibraries.ts';

export interface CodeText {
  readonly language: string;
  readonly text: string;
}

export interface Html {
  /** Unsanitized. */
  readonly html: string;
  /** The code blocks, one for each `<pre></pre>` in the HTML, in order. */
  readonly codes: readonly CodeText[];
  /** Whether later sources or definitions can change it. */
  readonly sensitive: boolean;
}

/** Tags that answers use for what Markdown lacks. */
const allowedTags = /^<\/?(?:br|sub|sup|kbd|b|i|em|strong|u|s|mark|small)\s*\/?>$/i;
/** Layout tags, which are dropped; their text is kept. */
const layoutTags =
  /^<\/?(?:details|p|div|span|center|section|article|aside|header|footer|figure|figcaption|picture|font|big|a|u)(?:\s[^<>]*)?\/?>$/i;
const tags = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z][^<>]*>|[^<]+|</gi;
// linear: it begins where a line begins, and each part with another character than the one before it goes on with.
const manyContainers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){24}/m;
/** Characters that can each nest the text after them. */
const nestingRun = /[[*_!~]+|[ \t]+/g;

/** Renders blocks of one answer as HTML. */
export class HtmlRenderer {
  readonly #marked: Marked;
  readonly #definitions: Record<string, Pick<Tokens.Link | Tokens.Image, 'href' | 'title'>> = {};
  readonly #footnotes = new Footnotes();
  #codes: CodeText[] = [];
  #final = false;
  /** Remaining characters that references may add to the answer. */
  #left = longestReferences;

  /** @param sources Returns the answer's sources at the time of rendering. */
  constructor(sources: () => readonly Citation[]) {
    const mayLink = (href: string, raw: string): boolean => this.#mayLink(href, raw);
    // Later extensions take precedence: `[1][2]` are two sources, `[^1][^2]` two notes.
    const { Marked: MarkdownReader, Renderer: HtmlWriter, Tokenizer: BlockReader, tableEnd } = libraries();
    this.#marked = new MarkdownReader(formulas(), {
      extensions: [this.#pendingReference(), citationMarks(sources, mayLink)],
      tokenizer: {
        ...inlineTokenizer(),
        table(source) {
          const end = tableEnd(source, mostMissingCells);
          if (typeof end === 'number') return BlockReader.prototype.table.call(this, source.slice(0, end));
          return end === 'none' ? undefined : false;
        },
      },
      renderer: {
        code: ({ text, lang = '' }) => {
          this.#codes.push({ language: languageOf(lang), text });
          return '<pre></pre>';
        },
        html: ({ text }) => (text.match(tags) ?? []).map((part) => markup(part)).join(''),
        text: (token) => {
          if (('tokens' in token && token.tokens) || !token.text.includes('【')) return false;
          const isEscaped = 'escaped' in token && token.escaped;
          return withBracketMarks(isEscaped ? token.text : escapeHtml(token.text), sources());
        },
        blockquote({ tokens }) {
          return `<blockquote>\n${alertTitle(this.parser.parse(tokens))}</blockquote>\n`;
        },
        checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
        link(token) {
          if (!mayLink(token.href, token.raw)) return this.parser.parseInline(token.tokens);
          // A title isn't shown, and each reference would repeat it.
          return HtmlWriter.prototype.link.call(this, { ...token, title: null });
        },
        image: ({ href, raw, text }) => {
          const label = escapeHtml(shortened(text === '' ? href : text, longestUrl));
          return mayLink(href, raw) ? `<a href="${escapeHtml(href)}">${label}</a>` : label;
        },
      },
    });
    this.#marked.use(this.#footnotes.extension());
  }

  /** The text is complete: from now on a reference without a definition is text. */
  finish(): void {
    this.#final = true;
    this.#footnotes.finish();
  }

  /** @param final Whether the text is complete; if not, a half-written definition isn't kept. */
  render(text: string, final = true): Html {
    this.#codes = [];
    if (text.length > longestBlock || isDeep(text))
      return { html: `<p>${escapeHtml(text)}</p>`, codes: [], sensitive: false };
    const { Lexer } = libraries();
    const lexer = new Lexer(this.#marked.defaults);
    Object.assign(lexer.tokens.links, this.#definitions);
    const tokens = lexer.lex(text);
    if (final) Object.assign(this.#definitions, lexer.tokens.links);
    const left = this.#left;
    const html = this.#marked.parser(tokens);
    // The open end is rendered repeatedly.
    if (!final) this.#left = left;
    // linear: what it repeats ends where it may begin again.
    return { html, codes: this.#codes, sensitive: /\[[^[\]]+\](?!\()|【|\]\(http/.test(text) };
  }

  /** Whether a link is allowed: its text isn't a different address, and references have a definition. */
  #mayLink(href: string, raw: string): boolean {
    if (href.length > longestUrl) return false;
    const added = raw.includes(href) ? 0 : href.length;
    if (added > this.#left) return false;
    this.#left -= added;
    return true;
  }

  /** `[text][reference]` before its definition arrives: shows only the text. */
  #pendingReference() {
    return {
      name: 'pendingReference',
      level: 'inline' as const,
      tokenizer: (source: string): Tokens.Generic | undefined => {
        const [raw, text = '', reference = ''] = /^\[([^[\]]+)\]\[([^[\]]*)\]/.exec(source) ?? [];
        const label = (reference === '' ? text : reference).replace(/\s+/g, ' ').toLowerCase();
        const decided = raw === undefined || this.#final || label in this.#definitions;
        return decided ? undefined : { type: 'pendingReference', raw, text };
      },
      renderer: (token: Tokens.Generic) => escapeHtml(String(token['text'])),
    };
  }
}

/** Whether the nesting is deeper than any reader follows, but deep enough to exhaust a parser's stack. */
function isDeep(text: string): boolean {
  return manyContainers.test(text) || (text.match(nestingRun) ?? []).some((run) => run.length >= 200);
}

/** `ts` of the info string `ts title="a.ts"`. */
export function languageOf(info: string): string {
  return /^[^\s{,:]+/.exec(info)?.[0] ?? '';
}

/** GitHub's alerts, `> [!NOTE]`: the kind becomes the quote's title. */
function alertTitle(quotation: string): string {
  return quotation.replace(
    // linear: it begins where the text begins.
    /^<p>\[!([a-z]{3,12})\] *(?:<br>)?(?:\n|(?=<\/p>))/i,
    (_mark, kind: string) => `<p><strong>${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()}</strong><br>`,
  );
}

function markup(part: string): string {
  if (part.startsWith('<!--') || layoutTags.test(part)) return '';
  if (/^<\/?summary\s*>$/i.test(part)) return part.startsWith('</') ? '</strong>' : '<strong>';
  return allowedTags.test(part) ? part : escapeHtml(part);
}
