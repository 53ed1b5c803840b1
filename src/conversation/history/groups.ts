import { fold } from '../../shared/characters.ts';
import type { Summary } from './summary.ts';

/** Conversations that stand together in the list. */
export interface HistoryGroup {
  readonly place: 'pinned' | 'here' | 'elsewhere';
  /** How many days ago its questions were asked; absent: on different days. */
  readonly daysAgo?: number;
  readonly summaries: readonly Summary[];
}

/**
 * What is pinned, then this workspace's conversations day by day, then those of other workspaces.
 * @param summaries Newest first. @param workspace URI of this workspace. @param now Milliseconds since 1970.
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
 * The part of a text around the first of the words, on one line; undefined where one of them is missing. Case, accents and
 * composition do not matter.
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

/** Where the text is that its folded form has at `index`: folding changes lengths. */
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

/** By the calendar, so that a day of 23 hours is a day; a clock that was set back makes no future. */
function daysBetween(earlier: number, later: number): number {
  return Math.max(0, Math.round((midnight(later) - midnight(earlier)) / (24 * 60 * 60 * 1000)));
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
