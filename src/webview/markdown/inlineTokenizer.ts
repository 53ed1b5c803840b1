import type { TokenizerObject, Tokens } from 'marked';
import { isCjkPunctuation } from '../../shared/characters.ts';
import { emphasisSpans, type Span } from './emphasis.ts';
import { libraries } from './loadLibraries.ts';

/**
 * Overrides marked's inline rules: emphasis next to Chinese, Japanese and Korean text, `~` for "about", and bare URLs
 * followed by such text.
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
      const found = OwnTokenizer.prototype.url.call(this, source);
      const end = found ? cjkPunctuation(found.raw) : undefined;
      return end === undefined ? found : OwnTokenizer.prototype.url.call(this, source.slice(0, end));
    },
  };
}

function cut(source: string, text: string, { end, marker }: Span): { readonly raw: string; readonly content: string } {
  const raw = source.slice(0, end - (text.length - source.length));
  return { raw, content: raw.slice(marker, -marker) };
}

/** End of a URL: in an address, `，` and `（` would be encoded. It may have letters of any script. */
function cjkPunctuation(url: string): number | undefined {
  let index = 0;
  for (const character of url) {
    if (isCjkPunctuation(character)) return index;
    index += character.length;
  }
  return undefined;
}
