import type { CompletionEvent } from '../api/events.ts';
import type { AnswerView, ErrorReport } from '../shared/protocol.ts';

/** An answer of which nothing has come yet. */
export const noAnswer: AnswerView = {
  status: { kind: 'waiting' },
  text: '',
  reasoning: '',
  citations: [],
  metadata: {},
  profile: '',
  model: '',
};

/** The answer after an event of its completion. The work is constant, whatever the answer's length. */
export function applyEvent(
  answer: AnswerView,
  event: CompletionEvent,
  report: (error: unknown) => ErrorReport,
): AnswerView {
  switch (event.type) {
    case 'text':
      return { ...answer, status: streaming, text: answer.text + event.text };
    case 'reasoning':
      return { ...answer, status: streaming, reasoning: answer.reasoning + event.text };
    case 'metadata':
      return { ...answer, metadata: event.metadata };
    case 'citations':
      return { ...answer, citations: event.citations };
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'retry': {
      const { message } = report(event.error);
      return { ...answer, status: { kind: 'retrying', message, until: Date.now() + event.delay } };
    }
    case 'finish':
      return { ...answer, status: { kind: 'done', finishReason: event.reason } };
    default:
      return event satisfies never;
  }
}

const streaming = { kind: 'streaming' } as const;
