import type { TokenizerObject, Tokens } from 'marked';
import { isCjkPunctuation } from '../../shared/characters.ts';
import { emphasisSpans, type Span } from './emphasis.ts';
import { libraries } from './loadLibraries.ts';

/**
 * Where marked's own reading of a line differs from that of our readers: emphasis beside Chinese, Japanese and Korean
 * text, `~` for "about", and bare URLs that are followed by such text.
 */
export function inlineTokenizer(): TokenizerObject {
  const { Tokenizer: OwnTokenizer } = libraries();
  let masked = '';
  let spans: ReadonlyMap<number, Span> = new Map();
  const spanAt = (source: string, text: string): Span | undefined => {
    if (text !== masked) [masked, spans] = [text, emphasisSpans(text)];
    return spans.get(text.length - source.length);
  };
  return {
    emStrong(source, text) {
      const mark = source[0];
      if (mark !== '*' && mark !== '_') return undefined;
      const span = spanAt(source, text);
      if (!span) return undefined;
      const { raw, content } = cut(source, text, span);
      const tokens = this.lexer.inlineTokens(content);
      return span.marker === 2
        ? ({ type: 'strong', raw, text: content, tokens } satisfies Tokens.Strong)
        : ({ type: 'em', raw, text: content, tokens } satisfies Tokens.Em);
    },
    del(source, text) {
      const span = source.startsWith('~~') ? spanAt(source, text) : undefined;
      if (!span) return undefined;
      const { raw, content } = cut(source, text, span);
      return { type: 'del', raw, text: content, tokens: this.lexer.inlineTokens(content) };
    },
    url(source) {
      if (!/^(?:https?:|ftp:|www\.|[\w.+-]{1,64}@)/i.test(source)) return undefined;
      return OwnTokenizer.prototype.url.call(this, beforeCjkPunctuation(source));
    },
  };
}

function cut(source: string, text: string, { end, marker }: Span): { readonly raw: string; readonly content: string } {
  const raw = source.slice(0, end - (text.length - source.length));
  return { raw, content: raw.slice(marker, -marker) };
}

/** Longest URL that is looked at, in UTF-16 code units: each place where one may begin costs a bounded time. */
const longestAddress = 2000;

/** `，` and `（` end a URL: in an address they would be encoded. Letters of every script may be part of it. */
function beforeCjkPunctuation(source: string): string {
  let length = 0;
  for (const character of source.slice(0, longestAddress)) {
    if (/\s/.test(character) || isCjkPunctuation(character)) break;
    length += character.length;
  }
  return length < longestAddress ? source.slice(0, length) : source;
}
