import type { Citation } from '../../shared/answer.ts';
import type { TokenizerAndRendererExtension, Tokens } from 'marked';

/** `[1]`, `[1][2]` or `[1, 2]`, unless a link follows. */
const marks = /^(?:\[\d{1,3}(?: ?[,;] ?\d{1,3})*\])+(?!\()/;

/**
 * Citation marks as inline Markdown. Numbers with a source become `<cite>3</cite>`, which no text of an answer can
 * write itself; a mark without a source stays text.
 */
export function citationMarks(sources: () => readonly Citation[]): TokenizerAndRendererExtension {
  return {
    name: 'citation',
    level: 'inline',
    start: (source) => /\[\d/.exec(source)?.index,
    tokenizer(source): Tokens.Generic | undefined {
      const raw = marks.exec(source)?.[0];
      return raw === undefined ? undefined : { type: 'citation', raw };
    },
    renderer: ({ raw }) =>
      raw.replace(/\[([^\]]*)\]/g, (mark, numbers: string) => cite(mark, numbers, sources().length)),
  };
}

/** The numbers of the sources that the text of an answer names, outside code. */
function cite(mark: string, numbers: string, count: number): string {
  const known = numbers.split(/ ?[,;] ?/).map(Number);
  if (!known.every((number) => number >= 1 && number <= count)) return mark;
  return known.map((number) => `<cite>${number}</cite>`).join('');
}
