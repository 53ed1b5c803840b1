import type { CompletionEvent } from '../api/events.ts';
import type { Message } from '../api/types.ts';
import { continuationMessages, ContinuationReader } from '../prompt/continuation.ts';
import type { Exchange } from '../prompt/messages.ts';
import { FenceReader } from '../reply/fences.ts';
import { sumOfCosts, type Citation, type Usage } from '../shared/answer.ts';
import { namesOf } from '../shared/marks.ts';
import type { AnswerView } from '../shared/protocol.ts';
import { changeMarks } from './citationLinks.ts';

/** The final text and sources of a continued answer, where they differ from the streamed ones. */
export interface Continued {
  /** With the continuation's marks renumbered to the merged sources. */
  readonly text: string;
  readonly citations: readonly Citation[];
}

/**
 * Continues a cut-off answer: joins texts, adds counts, and renumbers `[n]` where the continuation has its own sources.
 */
export class Continuation {
  readonly #before: AnswerView;
  #reader: ContinuationReader;
  #appended = '';
  #citations: readonly Citation[] = [];

  /** @param before The answer so far. */
  constructor(before: AnswerView) {
    this.#before = before;
    this.#reader = new ContinuationReader(before.text);
  }

  /** The messages that request the continuation. @param earlier The turns before it. */
  messages(systemPrompt: string, earlier: readonly Exchange[], cut: Exchange): readonly Message[] {
    return continuationMessages(systemPrompt, earlier, cut);
  }

  /**
   * Translates an event of the continuation to one of the whole answer; undefined if there is nothing to report yet.
   */
  take(event: CompletionEvent): CompletionEvent | undefined {
    switch (event.type) {
      case 'text':
        return this.#text(this.#reader.push(event.text));
      case 'textWasReasoning':
        return this.#reasoned();
      case 'usage':
        return { type: 'usage', usage: sum(this.#before.usage, event.usage) };
      case 'citations':
        this.#citations = event.citations;
        return undefined;
      default:
        return event;
    }
  }

  /** The text still held back when the continuation ended. */
  rest(): CompletionEvent | undefined {
    return this.#text(this.#reader.end());
  }

  /** The whole answer; undefined if the continuation had no sources of its own. */
  get continued(): Continued | undefined {
    if (this.#citations.length === 0) return undefined;
    const citations = [...this.#before.citations];
    const numbers = new Map<string, string>();
    for (const citation of this.#citations) {
      const known = citations.findIndex(({ url }) => url !== '' && url === citation.url);
      const { mark, ...unmarked } = citation;
      if (mark === undefined) {
        if (known < 0) citations.push(unmarked);
        continue;
      }
      const number = citations[known]?.mark ?? freeNumber(citations);
      numbers.set(mark, number);
      if (known < 0) citations.push({ ...unmarked, mark: number });
      else citations[known] = { ...unmarked, ...citations[known], mark: number };
    }
    return { text: this.#before.text + renumber(this.#before.text, this.#appended, numbers), citations };
  }

  /** What came so far was reasoning: takes back what was appended, or emits what is held back; there is never both. */
  #reasoned(): CompletionEvent {
    const { length } = this.#appended;
    const { held } = this.#reader;
    this.#reader = new ContinuationReader(this.#before.text);
    this.#appended = '';
    return held === '' ? { type: 'textWasReasoning', length } : { type: 'reasoning', text: held };
  }

  #text(text: string): CompletionEvent | undefined {
    this.#appended += text;
    return text === '' ? undefined : { type: 'text', text };
  }
}

/** The first number above those of all marks. */
function freeNumber(citations: readonly Citation[]): string {
  const taken = citations.map(({ mark }) => (/^\d+$/.test(mark ?? '') ? Number(mark) : 0));
  return String(Math.max(0, ...taken) + 1);
}

/**
 * Renumbers the marks of the appended text, leaving code alone.
 * @param numbers New number by mark.
 */
function renumber(before: string, appended: string, numbers: ReadonlyMap<string, string>): string {
  const reader = new FenceReader();
  const known = before.split('\n').length - 1;
  const change = (line: string): string =>
    changeMarks(line, (mark) => {
      if (mark.endsWith(')')) return mark;
      if (/^\[\d/.test(mark)) return mark.replaceAll(/\d+/g, (number) => numbers.get(number) ?? number);
      const renamed = namesOf(mark).map((name) => numbers.get(name));
      return renamed.every((number) => number !== undefined) ? renamed.map((number) => `[${number}]`).join('') : mark;
    });
  const lines = `${before}${appended}`.split('\n').map((line, index) => {
    const isProse = reader.push(line).kind === 'prose';
    if (index < known) return '';
    const start = index === known ? before.length - (before.lastIndexOf('\n') + 1) : 0;
    return isProse ? change(line.slice(start)) : line.slice(start);
  });
  return lines.slice(known).join('\n');
}

function sum(before: Usage | undefined, now: Usage): Usage {
  const { cost: spent, ...counts } = before ?? {};
  const { cost, ...more } = now;
  const names = new Set([...Object.keys(counts), ...Object.keys(more)]) as ReadonlySet<keyof typeof more>;
  const sums = Array.from(names, (name) => [name, (counts[name] ?? 0) + (more[name] ?? 0)]);
  const total = sumOfCosts([spent, cost]);
  return { ...Object.fromEntries(sums), ...(total && { cost: total }) };
}
