import type { Citation } from '../../shared/answer.ts';
import type { Links, TokenizerAndRendererExtension, Tokens } from 'marked';
import { escapeHtml } from './escape.ts';

/** `[1]`, `[1][2]` or `[1, 2]`, unless a link follows. */
const marks = /^(?:\[\d{1,3}(?: ?[,;] ?\d{1,3})*\])+(?!\()/;

/**
 * Citation marks as inline Markdown. Numbers with a source become `<cite>3</cite>`, which no text of an answer can
 * write itself. Numbers that the text itself defines (`[3]: https://…`) lead there; a mark without a source stays text.
 */
export function citationMarks(sources: () => readonly Citation[]): TokenizerAndRendererExtension {
  return {
    name: 'citation',
    level: 'inline',
    tokenizer(source): Tokens.Generic | undefined {
      const raw = marks.exec(source)?.[0];
      return raw === undefined ? undefined : { type: 'citation', raw, links: this.lexer.tokens.links };
    },
    renderer: ({ raw, links }) =>
      raw.replace(/\[([\d,; ]*)\]/g, (mark, numbers: string) => cite(mark, numbers, sources().length, links as Links)),
  };
}

/** The numbers of the sources that the text of an answer names, outside code. */
function cite(mark: string, numbers: string, count: number, links: Links): string {
  const known = numbers.split(/ ?[,;] ?/).map(Number);
  if (known.every((number) => number >= 1 && number <= count)) {
    return known.map((number) => `<cite>${number}</cite>`).join('');
  }
  return mark.replace(/\d+/g, (number) => {
    const href = links[number]?.href;
    return href === undefined ? number : `<a href="${escapeHtml(href)}">${number}</a>`;
  });
}
