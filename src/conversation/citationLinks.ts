import { FenceReader } from '../reply/fences.ts';
import type { Citation } from '../shared/answer.ts';
import { changeOutsideCode } from '../shared/codeSpans.ts';
import { citedBy, isWebUrl, markPattern, namesOf, sourceLabel, sourcesByMark } from '../shared/marks.ts';
import type { AnswerView } from '../shared/protocol.ts';

/** The answer as self-contained Markdown: its marks become links, and its sources are listed below. */
export function answerMarkdown({ text, citations }: Pick<AnswerView, 'text' | 'citations'>): string {
  if (citations.length === 0) return text;
  return `${linkedText(text, citations).trimEnd()}\n\n${sourceList(citations)}\n`;
}

/** Turns the text's marks into links. */
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

/** Turns the links of `linkedText` back into marks. */
export function unlinkedText(text: string): string {
  const written =
    // linear: what it repeats without a limit ends where it may begin again.
    /\[((?:\\\[[^[\]\n()<>]{0,80}\\\]){1,3}|\\\[REF\\\][\d, ]{1,80}\\\[\/REF\\\]|【[^【】\n]{1,80}】)\]\(<[^<>]*>\)/g;
  return inProse(text, (line) =>
    line.replaceAll(written, (_whole, label: string) => label.replaceAll(/\\([\\[\]])/g, '$1')),
  );
}

/** The sources as a list of links, numbered like their marks; sources without a mark come last. */
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

/** Changes each line of prose, leaving code blocks alone. */
function inProse(text: string, change: (line: string) => string): string {
  const reader = new FenceReader();
  return text
    .split('\n')
    .map((line) => (reader.push(line).kind === 'prose' ? change(line) : line))
    .join('\n');
}

/** Changes each mark of a line, leaving code spans alone. */
export function changeMarks(line: string, change: (mark: string) => string): string {
  return changeOutsideCode(line, (text) => text.replaceAll(markPattern, change));
}

/** A URL in angle brackets may contain parentheses but no spaces or angle brackets (CommonMark 6.3). */
function link(text: string, url: string): string {
  const label = text.replaceAll(/[\\[\]]/g, '\\$&');
  return `[${label}](<${url.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}
