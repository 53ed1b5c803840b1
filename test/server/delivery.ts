import type { Answer, Pace } from './reply.ts';
import type { Transport } from './wire.ts';

/** Everything about how one answer is sent. A fault is a delivery that differs from `ordinary` in one thing. */
export interface Delivery {
  /** In the order of writing. */
  readonly parts: readonly Part[];
  readonly answer: Answer;
  readonly pace: Pace;
  readonly transport: Transport;
  readonly eol: '\n' | '\r\n';
  readonly bom: boolean;
  /** A comment line between two events. */
  readonly comments: boolean;
  /** The whole text so far beside each delta. */
  readonly messageBesideDelta: boolean;
  /** Whether `[DONE]` ends the stream. */
  readonly done: boolean;
  /** What happens instead of the rest. */
  readonly interruption?: Interruption;
}

/** A piece of what the model produced and the field that carries it. */
export interface Part {
  readonly field: 'content' | 'reasoning' | 'reasoning_content' | 'tool_calls';
  readonly text: string;
}

interface Interruption {
  readonly afterDeltas: number;
  readonly kind: 'error' | 'halfEvent' | 'stall' | 'endless';
}

/** The answer as the documented API sends it. */
export function ordinary(answer: Answer, pace: Pace): Delivery {
  return {
    parts: [{ field: 'content', text: answer.text }],
    answer,
    pace,
    transport: {},
    eol: '\n',
    bom: false,
    comments: false,
    messageBesideDelta: false,
    done: true,
  };
}
