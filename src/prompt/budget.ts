/** Estimated tokens of a question's parts. */
export interface BudgetParts {
  readonly system: number;
  /** Of each earlier turn, oldest first. */
  readonly history: readonly number[];
  /** Attachments of the question. */
  readonly context: number;
  readonly question: number;
}

/** How a question fits the model's context window. */
export interface Fit {
  /** Estimated tokens in total. */
  readonly total: number;
  /** How many of the oldest turns must be omitted for the rest to fit; 0 if everything fits. */
  readonly leftOut: number;
  /** False if it doesn't fit even without all earlier turns. */
  readonly canFit: boolean;
}

/**
 * Computes how many of the oldest turns to omit; the system prompt, context and question are never omitted.
 * @param limit Most tokens that may be sent; undefined if unknown.
 */
export function fitBudget({ system, history, context, question }: BudgetParts, limit: number | undefined): Fit {
  const fixed = system + context + question;
  const total = history.reduce((sum, tokens) => sum + tokens, fixed);
  if (limit === undefined || total <= limit) return { total, leftOut: 0, canFit: true };
  let rest = total;
  let leftOut = 0;
  while (rest > limit && leftOut < history.length) rest -= history[leftOut++] ?? 0;
  return { total, leftOut, canFit: rest <= limit };
}

/**
 * Most tokens that may be sent: the answer has to fit the context window too, unless it could fill the window by
 * itself.
 * @param contextWindow As configured in the connection.
 * @param maxTokens Limit of the answer, if any.
 */
export function promptLimit(contextWindow: number | undefined, maxTokens: number | undefined): number | undefined {
  if (contextWindow === undefined) return undefined;
  const room = contextWindow - (maxTokens ?? 0);
  return room > 0 ? room : contextWindow;
}
