import type { CompletionTrigger } from '../shared/protocol.ts';

/** A word that asks the popup for something, up to the caret. */
export interface TriggerWord {
  readonly trigger: CompletionTrigger;
  /** What stands behind the trigger. */
  readonly query: string;
  /** Where the trigger and the caret stand. */
  readonly start: number;
  readonly end: number;
}

/** Longest word, in UTF-16 code units: what is typed costs the same, however much stands before it. */
const longest = 260;

/** The word at the caret: `#` at the start of any word, `/` at the start of the input alone. */
export function triggerWord(text: string, caret: number): TriggerWord | undefined {
  const from = Math.max(0, caret - longest);
  const before = text.slice(from, caret);
  const [typed] = (from === 0 && /^\/[\w-]*$/.exec(before)) || (/(?<!\S)#\S*$/.exec(before) ?? []);
  if (typed === undefined) return undefined;
  const trigger = typed.startsWith('/') ? '/' : '#';
  return { trigger, query: typed.slice(1), start: caret - typed.length, end: caret };
}
