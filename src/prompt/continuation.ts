import type { Message } from '../api/types.ts';
import { FenceReader } from '../reply/fences.ts';
import { chatMessages, type Exchange } from './messages.ts';

/** The longest end of an answer that is asked to be repeated, in UTF-16 code units. */
const longestAnchor = 60;
/** The shortest one that tells its place. */
const shortestAnchor = 4;
/** How far into a continuation its beginning may be: behind a fence, a preface, or code that was said already. */
const search = 1500;

/**
 * The messages that ask for the rest of an answer that was cut off. The model is asked to say the last words once more:
 * so it is certain where the rest begins, whatever fence, preface or blank it puts before.
 * @param earlier Oldest first. @param cut The question, and its answer as far as it came.
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

/** Joins a continuation to what came before, as it streams: what it repeats is left out. */
export class ContinuationReader {
  readonly #before: string;
  #held = '';
  #joined = false;

  constructor(before: string) {
    this.#before = before;
  }

  /** What came and waits until it is known where it belongs. */
  get held(): string {
    return this.#joined ? '' : this.#held;
  }

  /** @returns what is to be appended to the answer. */
  push(text: string): string {
    if (this.#joined) return text;
    this.#held += text;
    return this.#isDecided ? this.#join() : '';
  }

  /** The continuation is over. @returns what is still to be appended. */
  end(): string {
    return this.#joined ? '' : this.#join();
  }

  /** Whether more text cannot change where the rest begins. */
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
 * What of a continuation is to be appended to an answer.
 * @param before The answer as far as it came.
 */
export function restOf(before: string, continuation: string): string {
  const anchored = findAnchor(before, continuation);
  if (anchored !== undefined) return continuation.slice(anchored);
  const inFence = isInFence(before);
  const rest = inFence ? withoutFence(continuation) : continuation;
  const repeated = overlap(before, rest);
  if (repeated > 0) return rest.slice(repeated);
  // Models cut the blank off with which their next word begins.
  const needsBlank = !inFence && /\p{L}$/u.test(before) && /^\p{L}/u.test(rest);
  return needsBlank ? ` ${rest}` : rest;
}

/** The last words of the answer, of one line, as few as tell their place. */
function anchorOf(before: string): string {
  const line = before.trimEnd().split('\n').at(-1) ?? '';
  if (line.length <= longestAnchor) return line.trimStart();
  return line.slice(-longestAnchor).replace(/^\S*\s+/, '');
}

/** Where in the continuation the last words of the answer end, and the blanks that stand behind them in both. */
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

/** Whether what stands before the last words was said already, or is only a fence or a short preface. */
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

/** How much of the beginning of the continuation the answer ends with; what is too short may be chance. */
function overlap(before: string, continuation: string): number {
  const longest = Math.min(before.length, continuation.length, 4000);
  for (let length = longest; length >= 8; length -= 1) {
    const isWhole = length >= 12 || /\s/.test(before[before.length - length - 1] ?? ' ');
    if (isWhole && before.endsWith(continuation.slice(0, length))) return length;
  }
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.trim().length >= shortestAnchor && continuation.startsWith(line) ? line.length : 0;
}

/** Without the fence that opens the code block anew. */
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
