import type { Reply } from '../../server/reply.ts';
import type { RequestRecord } from '../../server/requests.ts';

/** An answer with three paragraphs, a code block and three sources. */
export const explanation: Reply = {
  kind: 'text',
  text: [
    '## The size',
    'The first paragraph says that `size` adds up the lengths of all ranges [1].',
    'The second paragraph: a range is half-open, so that its length is `end - start` [2].',
    '```ts\nconst sizes = ranges.map(({ start, end }) => end - start);\nconst total = sizes.reduce((sum, size) => sum + size, 0);\n```',
    'The third paragraph: no loop is needed [3].',
  ].join('\n\n'),
  sources: [
    { title: 'Reduce, explained', url: 'https://reduce.example/explained', date: '2026-01-02' },
    { title: 'Half-open intervals', url: 'https://intervals.example/half-open', date: null },
    { title: 'Sums without loops', url: 'https://sums.example/loops', date: null },
  ],
};

/** A long answer, slow enough to be interrupted. */
export const longAnswer: Reply = {
  kind: 'text',
  text: 'one two three four five six seven eight nine ten '.repeat(400),
  pace: { charactersPerDelta: 4, deltasPerSecond: 50 },
};

export interface SentRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** The body of a request for a completion. */
export function requestOf({ body }: RequestRecord): SentRequest {
  return body as SentRequest;
}
