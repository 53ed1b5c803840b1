import type { Citation } from '../../shared/answer.ts';
import { citedBy, markAtStart, markPattern, namesOf, sourcesByMark } from '../../shared/marks.ts';
import type { Links, TokenizerAndRendererExtension, Tokens } from 'marked';
import { escapeHtml } from './escape.ts';

/**
 * Whether a link is allowed.
 * @param raw Its source text.
 */
type MayLink = (href: string, raw: string) => boolean;

/**
 * Citation marks as inline Markdown. A mark with a source becomes `<cite>3</cite>`, which an answer's text can't write
 * itself. Numbers that the text defines (`[3]: https://…`) become links; a mark without a source stays text.
 */
export function citationMarks(sources: () => readonly Citation[], mayLink: MayLink): TokenizerAndRendererExtension {
  return {
    name: 'citation',
    level: 'inline',
    tokenizer(source): Tokens.Generic | undefined {
      const raw = markAtStart.exec(source)?.[0];
      if (raw === undefined) return undefined;
      const isCited = citedBy(raw, sourcesByMark(sources())) !== undefined;
      // Anything else that is also a link has no source.
      if (!isCited && (raw.endsWith(')') || !/^\[\d/.test(raw))) return undefined;
      return { type: 'citation', raw, isCited, links: this.lexer.tokens.links };
    },
    renderer: ({ raw, isCited, links }) =>
      isCited
        ? namesOf(raw)
            .map((name) => `<cite>${escapeHtml(name)}</cite>`)
            .join('')
        : withDefinitions(raw, links as Links, mayLink),
  };
}

/** Turns numbers that the text defines into links. */
function withDefinitions(mark: string, links: Links, mayLink: MayLink): string {
  return mark.replace(/\d+/g, (number) => {
    const href = links[number]?.href;
    return href === undefined || !mayLink(href, number) ? number : `<a href="${escapeHtml(href)}">${number}</a>`;
  });
}

/** Changes the brackets of the text's marks to a kind that Markdown doesn't interpret. */
export function withBracketMarks(html: string, citations: readonly Citation[]): string {
  const byMark = sourcesByMark(citations);
  return html.replaceAll(markPattern, (mark) => {
    const isCited = mark.startsWith('【') && citedBy(mark, byMark) !== undefined;
    return isCited ? `<cite>${mark.slice(1, -1)}</cite>` : mark;
  });
}
