import type { FencedBlock } from './fences.ts';
import { splitLines } from './lines.ts';
import { holdsFences } from './target.ts';

/**
 * The text between the first and the last fence of a reply in which Markdown may hold bare fences as long as the
 * one around it: no rule can pair these, and what seems to be prose between two blocks may be the inner block.
 *
 * @returns `undefined` where all fences pair without doubt
 */
export function outerText(reply: string, blocks: readonly FencedBlock[], languageId: string): string | undefined {
  const [first, ...others] = blocks;
  const isMarkdown = holdsFences(languageId) || /^(?:md|mdx|markdown)\b/i.test(first?.info ?? '');
  if (!isMarkdown || others.every(({ info }) => info !== '')) return undefined;
  const lines = splitLines(reply);
  const start = lines.findIndex((line) => fence.test(line));
  const end = lines.findLastIndex((line) => fence.test(line));
  return lines.slice(start + 1, end).join('\n');
}

/** Whether two texts have the same fences in the same order. */
export function hasSameFences(a: string, b: string): boolean {
  return fencesOf(a).join('\n') === fencesOf(b).join('\n');
}

const fence = /^ {0,3}(?:`{3}|~{3})/;

function fencesOf(text: string): string[] {
  return splitLines(text)
    .filter((line) => fence.test(line))
    .map((line) => line.trim());
}
