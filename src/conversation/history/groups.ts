import { fold } from '../../shared/characters.ts';
import type { Summary } from './summary.ts';

/** A group of chats in the list. */
export interface HistoryGroup {
  readonly place: 'pinned' | 'here' | 'elsewhere';
  /** Days since its questions were asked; absent if they are from different days. */
  readonly daysAgo?: number;
  readonly summaries: readonly Summary[];
}

/**
 * Groups chats: pinned ones, then this workspace's by day, then those of other workspaces.
 * @param summaries Newest first.
 * @param workspace URI of this workspace.
 * @param now Milliseconds since 1970.
 */
export function groupHistory(
  summaries: readonly Summary[],
  workspace: string | undefined,
  now: number,
): readonly HistoryGroup[] {
  const isHere = (summary: Summary): boolean => summary.workspace?.uri === workspace;
  const pinned = summaries.filter((summary) => summary.pinned);
  const rest = summaries.filter((summary) => !summary.pinned);
  return [
    ...(pinned.length > 0 ? [{ place: 'pinned', summaries: pinned } as const] : []),
    ...byDay(rest.filter(isHere), 'here', now),
    ...byDay(
      rest.filter((summary) => !isHere(summary)),
      'elsewhere',
      now,
    ),
  ];
}

/**
 * The excerpt around the first of the words, on one line; undefined if a word is missing. Ignores case, accents and
 * composition.
 * @param words Folded.
 */
export function findWords(text: string, words: readonly string[]): string | undefined {
  const folded = fold(text);
  if (!words.every((word) => folded.includes(word))) return undefined;
  const index = folded.indexOf(words[0] ?? '');
  const at = folded.length === text.length ? index : unfoldedIndex(text, index);
  const start = Math.max(0, at - 40);
  const part = text.slice(start, at + 80).replaceAll(/\s+/g, ' ');
  return `${start > 0 ? '…' : ''}${part.trim()}${at + 80 < text.length ? '…' : ''}`;
}

/** Maps an index of the folded text to the original text: folding changes lengths. */
function unfoldedIndex(text: string, index: number): number {
  let length = 0;
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (length >= index) break;
    length += fold(segment).length;
    at += segment.length;
  }
  return at;
}

function byDay(summaries: readonly Summary[], place: HistoryGroup['place'], now: number): readonly HistoryGroup[] {
  const days = Map.groupBy(summaries, ({ asked }) => daysBetween(asked, now));
  return Array.from(days, ([daysAgo, items]) => ({ place, daysAgo, summaries: items }));
}

/** Calendar days, so a day of 23 hours counts as one; never negative, even if the clock was set back. */
function daysBetween(earlier: number, later: number): number {
  return Math.max(0, Math.round((midnight(later) - midnight(earlier)) / (24 * 60 * 60 * 1000)));
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
