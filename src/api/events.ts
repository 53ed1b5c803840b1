import type { Citation, CompletionMetadata, FinishReason, Progress, Usage } from '../shared/answer.ts';
import type { CompletionError } from './errors.ts';

/** What happens while a completion arrives, in this order of time; the streaming and the other form give the same. */
export type CompletionEvent =
  /** What the server has said of the completion so far; each takes the place of the one before. */
  | { readonly type: 'metadata'; readonly metadata: CompletionMetadata }
  /** A piece of the answer's text, never empty. */
  | { readonly type: 'text'; readonly text: string }
  /** A piece of the model's reasoning, never empty; no part of the answer. */
  | { readonly type: 'reasoning'; readonly text: string }
  /** So much of the text's end, in UTF-16 code units, was reasoning, whose beginning was not marked. */
  | { readonly type: 'textWasReasoning'; readonly length: number }
  /** All sources so far; each takes the place of the one before. */
  | { readonly type: 'citations'; readonly citations: readonly Citation[] }
  /** What the server does before it answers; each takes the place of the one before, and text that of all. */
  | { readonly type: 'progress'; readonly progress: Progress }
  /** The counts so far; each takes the place of the one before. */
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The request failed where the server cannot have worked, and is sent again after `delay` milliseconds, or at `skip`. */
  | { readonly type: 'retry'; readonly delay: number; readonly error: CompletionError; readonly skip: () => void }
  /** Comes once, last. What is wrong with an answer (a filter, a tool call, emptiness) is thrown instead. */
  | {
      readonly type: 'finish';
      readonly reason: FinishReason;
      /** The last object that the server sent. */
      readonly lastObject?: unknown;
      /** What the server sent and nothing could read, shortened; absent: all was read. */
      readonly unread?: readonly string[];
    };
