/** A source of an answer. */
export interface Citation {
  /** An http or https URL; empty if the source has only a name. */
  readonly url: string;
  /** The source's name in the text: `7` for `[7]`, `doc2` for `[doc2]`. Absent if no mark refers to it. */
  readonly mark?: string;
  readonly title?: string;
  /** As written by the server, usually `2026-03-01`. */
  readonly date?: string;
  /** The excerpt of the page that the server quotes. */
  readonly snippet?: string;
}

/** Tokens and cost of an answer as the server reports them. */
export interface Usage {
  /** Tokens. */
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
  /** Part of the prompt tokens. */
  readonly cachedTokens?: number;
  /** Part of the completion tokens. */
  readonly reasoningTokens?: number;
  readonly cost?: Cost;
}

/** An amount of money as reported by the server. */
export interface Cost {
  readonly amount: number;
  /** For example `USD`. */
  readonly currency: string;
}

/** The total; undefined without costs or if the currencies differ. */
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
 * Why the answer ended. `unspecified`: the server gave no reason; `other`: one that the documented API doesn't have;
 * `tooLong`: Askance stopped it at `longestAnswer`.
 */
export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other' | 'unspecified' | 'tooLong';

/** The fields of a completion other than its text. */
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
