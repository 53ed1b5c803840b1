/** Estimated tokens of what a question takes along. */
export interface BudgetParts {
  readonly system: number;
  /** Of each earlier turn that is sent, oldest first. */
  readonly history: readonly number[];
  /** What is attached to the question. */
  readonly context: number;
  readonly question: number;
}

/** How a question fits into what its model reads. */
export interface Fit {
  /** Estimated tokens in all. */
  readonly total: number;
  /** How many of the oldest turns have to stay behind for the rest to fit; 0 where everything does. */
  readonly leftOut: number;
  /** false: even without all earlier turns it does not fit. */
  readonly canFit: boolean;
}

/**
 * What has to stay behind: the oldest turns, never the system prompt, the context or the question.
 * @param limit Tokens that may be sent; undefined: nobody knows of a limit.
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
 * Tokens that may be sent: the answer has to fit into the context window, too, unless it may fill all of that by itself.
 * @param contextWindow As the connection says. @param maxTokens Of the answer, where that is limited.
 */
export function promptLimit(contextWindow: number | undefined, maxTokens: number | undefined): number | undefined {
  if (contextWindow === undefined) return undefined;
  const room = contextWindow - (maxTokens ?? 0);
  return room > 0 ? room : contextWindow;
}
