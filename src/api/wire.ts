import type { CompletionEvent } from './events.ts';

/** Reads the JSON values of one answer, in their order, whether they are parts of it or the whole. */
export interface AnswerReader {
  /** The response's id, as soon as it is known. */
  readonly id: string | undefined;
  /** Whether the answer has come to its end; what may follow are facts about it. */
  readonly isFinished: boolean;
  /** Whether nothing that follows is read. */
  readonly isClosed: boolean;
  /**
   * @param event The name of the server-sent event.
   * @returns whether the value is one of this API.
   * @throws CompletionError for an error that the server reports.
   */
  read(value: unknown, event: string | undefined): Generator<CompletionEvent, boolean>;
  /**
   * Ends the answer.
   * @param ending What is known of the body.
   * @throws CompletionError if it is none.
   */
  finish(ending: Ending): Generator<CompletionEvent, void>;
}

export interface Ending {
  /** The last value of this API. */
  readonly lastObject: unknown;
  /** What the server sent and nothing could read, shortened. */
  readonly unread: readonly string[];
}
