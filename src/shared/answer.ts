/** A source of an answer. */
export interface Citation {
  /** http or https, else the source has a name alone; empty: it has none. */
  readonly url: string;
  /** What the text calls it: `7` for `[7]`, `doc2` for `[doc2]`; absent: no mark means it. */
  readonly mark?: string;
  readonly title?: string;
  /** As the server wrote it, usually `2026-03-01`. */
  readonly date?: string;
  /** What the page says, as far as the server quotes it. */
  readonly snippet?: string;
}

/** What an answer took, as the server counted it. */
export interface Usage {
  /** Tokens. */
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
  /** Of the prompt's tokens. */
  readonly cachedTokens?: number;
  /** Of the completion's tokens. */
  readonly reasoningTokens?: number;
  readonly cost?: Cost;
}

/** An amount of money, as the server names it. */
export interface Cost {
  readonly amount: number;
  /** `USD` */
  readonly currency: string;
}

/** All of it in one currency; absent: there is none, or in several. */
export function sumOfCosts(costs: readonly (Cost | undefined)[]): Cost | undefined {
  const known = costs.filter((cost) => cost !== undefined);
  const currency = known[0]?.currency;
  if (currency === undefined || known.some((cost) => cost.currency !== currency)) return undefined;
  return { amount: known.reduce((sum, { amount }) => sum + amount, 0), currency };
}

/** What a server does on the way to an answer. */
export interface Progress {
  readonly kind: 'searching' | 'reading';
  /** Queries or URLs; none: it does not say. */
  readonly what: readonly string[];
}

/**
 * Why the answer ended. `unspecified`: the server gave no reason; `other`: one that the documented API does not know;
 * `tooLong`: Askance ended it, at `longestAnswer`.
 */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other' | 'unspecified' | 'tooLong';

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
  /** Whether the server says that it keeps the answer. */
  readonly stored?: boolean;
}
