/** A source of an answer. `[1]` in the text means the first of the list. */
export interface Citation {
  readonly url: string;
  readonly title?: string;
  /** As the server wrote it, usually `2026-03-01`. */
  readonly date?: string;
}

/** Tokens, as the server counted them. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
}

/**
 * Why the answer ended. `unspecified`: the server gave no reason; `other`: one that the documented API does not know.
 */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other' | 'unspecified';

/** What a server says about a completion beside its text. */
export interface CompletionMetadata {
  readonly id?: string;
  readonly model?: string;
  readonly object?: string;
  /** Unix seconds. */
  readonly created?: number;
  readonly role?: string;
  /** Position of the choice. */
  readonly index?: number;
}
