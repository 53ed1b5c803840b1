import type { Seen } from './benchWindow.ts';

/** One column of the table of answers. */
interface Column {
  readonly title: string;
  readonly value: (seen: Seen) => number;
  readonly digits?: number;
}

const columns: readonly Column[] = [
  { title: 'Enter to request, ms', value: (seen) => seen.enterToRequest },
  { title: 'bytes beside the question', value: (seen) => seen.overheadBytes },
  { title: 'first byte to first text, ms', value: (seen) => seen.firstByteToText },
  { title: 'last byte to complete, ms', value: (seen) => seen.lastByteToComplete },
  { title: 'frames over 50 ms', value: (seen) => seen.longFrames },
  { title: 'their sum, ms', value: (seen) => seen.longFramesSum },
  { title: 'script, s', value: (seen) => seen.script, digits: 2 },
  { title: 'tasks, s', value: (seen) => seen.task, digits: 2 },
  { title: 'heap, MB', value: (seen) => seen.heap / 1e6, digits: 1 },
];

/** What was seen of one kind of answer in one chat, over all runs. */
export interface Row {
  readonly answer: string;
  readonly chat: string;
  readonly seen: readonly Seen[];
}

/** Lines of a Markdown table. */
export function answersTable(rows: readonly Row[], limit: number): readonly string[] {
  return [
    `| answer | chat | ${columns.map(({ title }) => title).join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    ...rows.map(({ answer, chat, seen }) => {
      const cells = columns.map(({ value, digits }) => spread(seen.map(value), digits, limit));
      return `| ${answer} | ${chat} | ${cells.join(' | ')} |`;
    }),
  ];
}

/** `median (smallest–largest)`; what is infinite took longer than the limit, in milliseconds. */
export function spread(values: readonly number[], digits = 0, limit = Infinity): string {
  const shown = (value: number | undefined): string => {
    if (value === undefined || Number.isNaN(value)) return '–';
    return value === Infinity ? `> ${limit / 1000} s` : value.toFixed(digits);
  };
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const [median, least, most] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map(shown);
  return least === most ? `${median}` : `${median} (${least}–${most})`;
}
