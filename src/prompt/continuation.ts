import type { Message } from '../api/types.ts';
import { FenceReader } from '../reply/fences.ts';
import { chatMessages, type Exchange } from './messages.ts';

/** Longest end of an answer that the model is asked to repeat, in UTF-16 code units. */
const longestAnchor = 60;
/** Shortest end that identifies its place. */
const shortestAnchor = 4;
/** How far into a continuation the repeated end may be: after a fence, a preface, or repeated code. */
const search = 1500;

/**
 * The messages that request the rest of a cut-off answer. The model is asked to repeat the last words, which shows
 * where the rest begins, whatever fence, preface or blank precedes it.
 * @param earlier Oldest first.
 * @param cut The question and the partial answer.
 */
export function continuationMessages(
  systemPrompt: string,
  earlier: readonly Exchange[],
  cut: Exchange,
): readonly Message[] {
  const anchor = anchorOf(cut.answer);
  const place = isInFence(cut.answer) ? ' It ended inside a code block; go on inside that block.' : '';
  const request =
    `Your answer was cut off.${place} Write the rest of it and nothing else: begin by repeating its last words ` +
    `exactly, then go on from there. Its last words are:\n\n${anchor}`;
  return chatMessages(systemPrompt, [...earlier, cut], { question: request, attachments: [] });
}

/** Joins a streamed continuation to the partial answer and drops what it repeats. */
export class ContinuationReader {
  readonly #before: string;
  #held = '';
  #joined = false;

  constructor(before: string) {
    this.#before = before;
  }

  /** Text held back until its place is known. */
  get held(): string {
    return this.#joined ? '' : this.#held;
  }

  /** @returns the text to append to the answer. */
  push(text: string): string {
    if (this.#joined) return text;
    this.#held += text;
    return this.#isDecided ? this.#join() : '';
  }

  /**
   * Ends the continuation.
   * @returns the remaining text to append.
   */
  end(): string {
    return this.#joined ? '' : this.#join();
  }

  /** Whether more text can't change where the rest begins. */
  get #isDecided(): boolean {
    const rest = findAnchor(this.#before, this.#held);
    const blanks = this.#before.length - this.#before.trimEnd().length;
    return this.#held.length >= search || (rest !== undefined && this.#held.length - rest >= blanks);
  }

  #join(): string {
    this.#joined = true;
    return restOf(this.#before, this.#held);
  }
}

/**
 * The part of a continuation to append to the answer.
 * @param before The partial answer.
 */
export function restOf(before: string, continuation: string): string {
  const anchored = findAnchor(before, continuation);
  if (anchored !== undefined) return continuation.slice(anchored);
  const inFence = isInFence(before);
  const rest = inFence ? withoutFence(continuation) : continuation;
  const repeated = overlap(before, rest);
  if (repeated > 0) return rest.slice(repeated);
  // Models drop the blank that begins their next token.
  const needsBlank = !inFence && /\p{L}$/u.test(before) && /^\p{L}/u.test(rest);
  return needsBlank ? ` ${rest}` : rest;
}

/** The answer's last words, at most one line. */
function anchorOf(before: string): string {
  const line = before.trimEnd().split('\n').at(-1) ?? '';
  if (line.length <= longestAnchor) return line.trimStart();
  return line.slice(-longestAnchor).replace(/^\S*\s+/, '');
}

/** Index in the continuation after the answer's last words and the blanks that follow them in both. */
function findAnchor(before: string, continuation: string): number | undefined {
  const anchor = anchorOf(before);
  if (anchor.length < shortestAnchor) return undefined;
  const at = continuation.slice(0, search).indexOf(anchor);
  if (at < 0 || !isRepetition(before, continuation.slice(0, at))) return undefined;
  const end = at + anchor.length;
  const blanks = before.slice(before.trimEnd().length);
  let shared = 0;
  while (shared < blanks.length && continuation[end + shared] === blanks[shared]) shared += 1;
  return end + shared;
}

/** Whether the text before the repeated words only repeats the answer, or is a fence or a short preface. */
function isRepetition(before: string, lead: string): boolean {
  const lines = lead.split('\n');
  const start = lines.at(-1) ?? '';
  const isSaid = (text: string): boolean => text.trim() === '' || before.includes(text.trim());
  if (!isSaid(start) && !/^["'`“…\s]*$/.test(start)) return false;
  const [first = '', ...others] = lines
    .slice(0, -1)
    .filter((line) => line.trim() !== '' && !/^\s*(?:`{3,}|~{3,})/.test(line));
  const isPreface = /[:.…!]\s*$/.test(first) && first.length < 120;
  return (isSaid(first) || isPreface) && others.every(isSaid);
}

/** Length of the continuation's start that the answer ends with; 0 if it is short enough to be chance. */
function overlap(before: string, continuation: string): number {
  const longest = Math.min(before.length, continuation.length, 4000);
  for (let length = longest; length >= 8; length -= 1) {
    const isWhole = length >= 12 || /\s/.test(before[before.length - length - 1] ?? ' ');
    if (isWhole && before.endsWith(continuation.slice(0, length))) return length;
  }
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.trim().length >= shortestAnchor && continuation.startsWith(line) ? line.length : 0;
}

/** Drops the fence that opens the code block again. */
function withoutFence(continuation: string): string {
  return continuation.replace(/^\s*(?:`{3,}|~~~)[^\n`]*\n/, '');
}

function isInFence(text: string): boolean {
  const reader = new FenceReader();
  let inside = false;
  for (const line of text.split('\n')) {
    const { kind } = reader.push(line);
    inside = kind === 'open' || kind === 'code';
  }
  return inside;
}
