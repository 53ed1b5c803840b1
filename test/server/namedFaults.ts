import type { Fault } from './reply.ts';

/** The faults by the name under which a question that starts with `/fault` asks for them. */
export function namedFault(name: string): Fault | undefined {
  return faults.get(name);
}

/** A line a fault, for people. */
export function faultNames(): string[] {
  return Array.from(faults.keys());
}

const statuses = [401, 402, 403, 404, 413, 422, 429, 500, 503];

const others: readonly Fault[] = [
  { kind: 'redirect', location: '/moved/chat/completions' },
  { kind: 'contextLength' },
  { kind: 'maxCompletionTokens' },
  { kind: 'html' },
  { kind: 'emptyBody' },
  { kind: 'wrongJson' },
  { kind: 'errorIn200' },
  { kind: 'errorInStream', afterDeltas: 20 },
  { kind: 'halfEvent', afterDeltas: 20 },
  { kind: 'stall', afterDeltas: 20 },
  { kind: 'reset', afterBytes: 10_000 },
  { kind: 'byteByByte' },
  { kind: 'endless' },
  { kind: 'hugeLine', characters: 1_000_000 },
  { kind: 'gzip' },
  { kind: 'closeWithoutLength' },
  { kind: 'noDone' },
  { kind: 'toolCall' },
  { kind: 'contentFilter' },
  { kind: 'emptyAnswer' },
  { kind: 'length' },
  { kind: 'comments' },
  { kind: 'crlf' },
  { kind: 'bom' },
  { kind: 'messageBesideDelta' },
  { kind: 'think' },
  { kind: 'thinkEnd' },
  { kind: 'reasoningContent' },
  { kind: 'reasoning' },
];

const faults: ReadonlyMap<string, Fault> = new Map([
  ['400', { kind: 'status', status: 400, param: 'top_k' }],
  ...statuses.map((status): [string, Fault] => [String(status), { kind: 'status', status }]),
  ['429', { kind: 'status', status: 429, retryAfter: '5' }],
  ['429-long', { kind: 'status', status: 429, retryAfter: '90' }],
  ['429-date', { kind: 'status', status: 429, retryAfter: 'Fri, 31 Dec 2999 23:59:59 GMT' }],
  ...others.map((fault): [string, Fault] => [fault.kind, fault]),
]);
