import { FenceReader } from '../prompt/fences.ts';
import type { Citation } from '../shared/answer.ts';
import type { AnswerView } from '../shared/protocol.ts';

/** The answer as Markdown that stands on its own: its marks are links, and its sources are listed under it. */
export function answerMarkdown({ text, citations }: Pick<AnswerView, 'text' | 'citations'>): string {
  if (citations.length === 0) return text;
  const reader = new FenceReader();
  const linked = text
    .split('\n')
    .map((line) => (reader.push(line).kind === 'prose' ? linkMarks(line, citations) : line));
  const sources = citations.map(({ url, title }, index) => `${index + 1}. ${link(title ?? url, url)}`);
  return `${linked.join('\n').trimEnd()}\n\n${sources.join('\n')}\n`;
}

/** A code span, or a mark that is no link yet. */
const spanOrMark = /(`+)(?!`).*?[^`]\1(?!`)|\[(\d{1,3}(?: ?[,;] ?\d{1,3})*)\](?!\()/g;

function linkMarks(line: string, citations: readonly Citation[]): string {
  return line.replace(spanOrMark, (whole: string, _ticks: string | undefined, numbers: string | undefined) => {
    const links = numbers?.split(/ ?[,;] ?/).map((number) => {
      const source = citations[Number(number) - 1];
      return source && link(`[${number}]`, source.url);
    });
    return links?.every((each) => each !== undefined) ? links.join('') : whole;
  });
}

/** A URL in angle brackets may hold parentheses (CommonMark 6.3); it has no spaces and no angle brackets. */
function link(text: string, url: string): string {
  const label = text.replaceAll(/[\\[\]]/g, '\\$&');
  return `[${label}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}
