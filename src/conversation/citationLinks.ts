import { FenceReader } from '../reply/fences.ts';
import type { Citation } from '../shared/answer.ts';
import { changeOutsideCode } from '../shared/codeSpans.ts';
import { citedBy, isWebUrl, markPattern, namesOf, sourceLabel, sourcesByMark } from '../shared/marks.ts';
import type { AnswerView } from '../shared/protocol.ts';

/** The answer as Markdown that stands on its own: its marks are links, and its sources are listed under it. */
export function answerMarkdown({ text, citations }: Pick<AnswerView, 'text' | 'citations'>): string {
  if (citations.length === 0) return text;
  return `${linkedText(text, citations).trimEnd()}\n\n${sourceList(citations)}\n`;
}

/** The text with its marks as links. */
export function linkedText(text: string, citations: readonly Citation[]): string {
  const byMark = sourcesByMark(citations);
  return inProse(text, (line) =>
    changeMarks(line, (mark) => {
      const sources = mark.endsWith(')') ? undefined : citedBy(mark, byMark);
      if (!sources?.every(({ url }) => isWebUrl(url))) return mark;
      const names = namesOf(mark);
      const labels = /^\[\d/.test(mark) ? names.map((name) => `[${name}]`) : [mark];
      return labels.map((label, place) => link(label, sources[place]?.url ?? '')).join('');
    }),
  );
}

/** The text whose marks `linkedText` made links, with marks again. */
export function unlinkedText(text: string): string {
  const written =
    /\[((?:\\\[[^[\]\n()<>]{0,80}\\\]){1,3}|\\\[REF\\\][\d, ]{1,80}\\\[\/REF\\\]|【[^【】\n]{1,80}】)\]\(<[^<>]*>\)/g;
  return inProse(text, (line) =>
    line.replaceAll(written, (_whole, label: string) => label.replaceAll(/\\([\\[\]])/g, '$1')),
  );
}

/** The sources as a list of links, under the numbers of their marks; pages that no mark means come after them. */
export function sourceList(citations: readonly Citation[]): string {
  const marked = citations.filter(({ mark }) => mark !== undefined);
  const others = citations.filter(({ mark }) => mark === undefined);
  return [
    ...marked.map((citation) => `${sourceLabel(citation, citations)}. ${entry(citation)}`),
    ...others.map((citation) => `- ${entry(citation)}`),
  ].join('\n');
}

function entry({ url, title, date }: Citation): string {
  const name = title ?? url;
  const linked = isWebUrl(url) ? link(name, url) : name;
  return date === undefined ? linked : `${linked}, ${date}`;
}

/** The text with each line of prose changed. */
function inProse(text: string, change: (line: string) => string): string {
  const reader = new FenceReader();
  return text
    .split('\n')
    .map((line) => (reader.push(line).kind === 'prose' ? change(line) : line))
    .join('\n');
}

/** The line with each of its marks changed; what is code stays. */
export function changeMarks(line: string, change: (mark: string) => string): string {
  return changeOutsideCode(line, (text) => text.replaceAll(markPattern, change));
}

/** A URL in angle brackets may hold parentheses (CommonMark 6.3); it has no spaces and no angle brackets. */
function link(text: string, url: string): string {
  const label = text.replaceAll(/[\\[\]]/g, '\\$&');
  return `[${label}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}
