import { FenceReader } from '../reply/fences.ts';
import type { Citation } from '../shared/answer.ts';
import type { AnswerView } from '../shared/protocol.ts';

/** The answer as Markdown that stands on its own: its marks are links, and its sources are listed under it. */
export function answerMarkdown({ text, citations }: Pick<AnswerView, 'text' | 'citations'>): string {
  if (citations.length === 0) return text;
  return `${linkedText(text, citations).trimEnd()}\n\n${sourceList(citations)}\n`;
}

/** The text with its marks as links. */
export function linkedText(text: string, citations: readonly Citation[]): string {
  const reader = new FenceReader();
  const linked = text
    .split('\n')
    .map((line) => (reader.push(line).kind === 'prose' ? linkMarks(line, citations) : line));
  return linked.join('\n');
}

/** The text whose marks `linkedText` made links, with marks again. */
export function unlinkedText(text: string): string {
  const reader = new FenceReader();
  const unlink = (line: string): string => line.replaceAll(/\[\\\[(\d{1,3})\\\]\]\(<[^<>]*>\)/g, '[$1]');
  return text
    .split('\n')
    .map((line) => (reader.push(line).kind === 'prose' ? unlink(line) : line))
    .join('\n');
}

/** The sources as a numbered list of links. */
export function sourceList(citations: readonly Citation[]): string {
  return citations.map(({ url, title }, index) => `${index + 1}. ${link(title ?? url, url)}`).join('\n');
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
