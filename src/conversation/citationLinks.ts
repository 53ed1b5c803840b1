import { FenceReader } from '../reply/fences.ts';
import type { Citation } from '../shared/answer.ts';
import { changeOutsideCode } from '../shared/codeSpans.ts';
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

/** A mark that is no link yet: `[1]`, `[1, 2]`. */
// linear: it begins at a bracket only, and ends at the next one.
const mark = /\[(\d{1,3}(?: ?[,;] ?\d{1,3})*)\](?!\()/g;

/** The line with each of its marks changed; what is code stays. */
export function changeMarks(line: string, change: (mark: string, numbers: string) => string): string {
  return changeOutsideCode(line, (text) => text.replaceAll(mark, change));
}

function linkMarks(line: string, citations: readonly Citation[]): string {
  return changeMarks(line, (whole, numbers) => {
    const links = numbers.split(/ ?[,;] ?/).map((number) => {
      const source = citations[Number(number) - 1];
      return source && link(`[${number}]`, source.url);
    });
    return links.every((each) => each !== undefined) ? links.join('') : whole;
  });
}

/** A URL in angle brackets may hold parentheses (CommonMark 6.3); it has no spaces and no angle brackets. */
function link(text: string, url: string): string {
  const label = text.replaceAll(/[\\[\]]/g, '\\$&');
  return `[${label}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}
