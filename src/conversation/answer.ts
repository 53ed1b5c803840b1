import type { CompletionEvent } from '../api/events.ts';
import { longestLastObject, shortened } from '../shared/limits.ts';
import type { AnswerStatus, AnswerView, Timing } from '../shared/protocol.ts';

/** An empty answer. */
export const noAnswer: AnswerView = {
  status: { kind: 'waiting' },
  text: '',
  reasoning: '',
  citations: [],
  metadata: {},
  connection: '',
  model: '',
};

/**
 * Applies a completion event to the answer. Takes constant time, whatever the answer's length.
 * @param problem The reason shown while the request is retried.
 */
export function applyEvent(answer: AnswerView, event: CompletionEvent, problem: string): AnswerView {
  switch (event.type) {
    case 'text':
      return {
        ...withoutProgress(answer),
        ...begun(answer, 'firstText'),
        status: streaming,
        text: answer.text + event.text,
      };
    case 'reasoning': {
      const reasoning = answer.reasoning + event.text;
      return { ...answer, ...begun(answer, 'firstReasoning'), status: streaming, reasoning };
    }
    case 'textWasReasoning':
      return withoutReasoning(answer, event.length);
    case 'metadata':
      return { ...answer, metadata: event.metadata };
    case 'citations':
      return { ...answer, citations: event.citations };
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'progress':
      return { ...answer, progress: event.progress };
    case 'retry':
      return { ...answer, status: { kind: 'retrying', message: problem, until: Date.now() + event.delay } };
    case 'finish': {
      const lastObject = event.lastObject === undefined ? {} : { lastObject: shortJson(event.lastObject) };
      const unread = event.unread && { unread: event.unread };
      return { ...ended(answer, { kind: 'done', finishReason: event.reason }), ...lastObject, ...unread };
    }
    default:
      return event satisfies never;
  }
}

/** Ends the answer with this status. */
export function ended(answer: AnswerView, status: AnswerStatus): AnswerView {
  return { ...withoutProgress(answer), status, timing: { ...answer.timing, ended: Date.now() } };
}

/** Drops the server's progress messages once the answer begins. */
function withoutProgress(answer: AnswerView): AnswerView {
  if (answer.progress === undefined) return answer;
  const { progress: _progress, ...others } = answer;
  return others;
}

/** Restarts the clock of a continued answer as if it had never paused, so that durations stay true. */
export function resumed({ ended, ...times }: Timing = {}): Timing {
  const now = Date.now();
  const pause = now - (ended ?? now);
  const moved = Object.entries(times).map(([name, time]) => [name, time + pause]);
  return { asked: now, ...Object.fromEntries(moved) };
}

/** Moves the last `length` UTF-16 code units of the text to the reasoning. */
function withoutReasoning(answer: AnswerView, length: number): AnswerView {
  const start = answer.text.length - length;
  const text = answer.text.slice(0, start);
  const { firstText, ...timing } = answer.timing ?? {};
  const firstReasoning = timing.firstReasoning ?? firstText;
  return {
    ...answer,
    text,
    reasoning: answer.reasoning + answer.text.slice(start),
    timing: {
      ...timing,
      ...(firstReasoning !== undefined && { firstReasoning }),
      ...(text !== '' && firstText !== undefined && { firstText }),
    },
  };
}

/** The time of the first text or reasoning; empty if it is already known. */
function begun({ timing }: AnswerView, first: 'firstText' | 'firstReasoning'): Pick<AnswerView, 'timing'> {
  return timing?.[first] === undefined ? { timing: { ...timing, [first]: Date.now() } } : {};
}

/** In UTF-16 code units; some servers repeat the whole answer in their last object. */
const longestText = 2000;

/** Readable JSON of a parsed value, shortened. */
function shortJson(value: unknown): string {
  const shorten = (_name: string, part: unknown): unknown =>
    typeof part === 'string' ? shortened(part, longestText) : part;
  const json = JSON.stringify(value, shorten);
  // Indentation would blow up deep values.
  return shortened(json.length > longestLastObject ? json : JSON.stringify(value, shorten, 2), longestLastObject);
}

const streaming = { kind: 'streaming' } as const;
