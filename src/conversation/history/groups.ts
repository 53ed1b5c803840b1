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
 * The part of a text around the first of the words, in one line; absent: it lacks one of them.
 * @param words In lower case.
 */
export function findWords(text: string, words: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  if (!words.every((word) => lower.includes(word))) return undefined;
  const at = lower.indexOf(words[0] ?? '');
  const start = Math.max(0, at - 40);
  const part = text.slice(start, at + 80).replaceAll(/\s+/g, ' ');
  return `${start > 0 ? '…' : ''}${part.trim()}${at + 80 < text.length ? '…' : ''}`;
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
