import type { Turn } from '../chat/turn.ts';
import { fitBudget, promptLimit } from '../prompt/budget.ts';
import { attachmentText, type Attachment } from '../prompt/context.ts';
import { estimateTokens, messageOverhead, type TokenEstimates } from '../prompt/tokens.ts';
import type { Settings } from '../settings.ts';
import type { BudgetView } from '../shared/protocol.ts';

/** A question that is not sent yet, and the turns before it. */
export interface UnsentQuestion {
  readonly earlier: readonly Turn[];
  readonly attachments: readonly Attachment[];
  readonly text: string;
  /** Whether the user wants the oldest turns left out where it gets too long. */
  readonly leavesOut: boolean;
  /** `max_tokens` of the conversation, which takes the place of the profile's. */
  readonly maxTokens: number | undefined;
}

/**
 * What the question takes along. What does not change is counted once, so the work is that of counting the question.
 * @returns undefined where there is no profile to ask.
 */
export function questionBudget(
  { earlier, attachments, text, leavesOut, maxTokens }: UnsentQuestion,
  settings: Settings,
  estimates: TokenEstimates,
): BudgetView | undefined {
  const active = settings.activeProfile;
  if (active.kind !== 'profile') return undefined;
  const { profile } = active;
  const factor = estimates.factor(profile.model);
  const calibrated = (tokens: number): number => Math.ceil(tokens * factor);
  const contextOf = (some: readonly Attachment[]): number =>
    some.reduce((sum, attachment) => sum + estimates.remembered(attachment, () => attachmentText(attachment)), 0);
  const systemPrompt = settings.systemPrompt(profile);
  const parts = {
    system: systemPrompt.trim() === '' ? 0 : calibrated(estimateTokens(systemPrompt) + messageOverhead),
    history: earlier.map(({ question, attachments: context, answer }) => {
      // A question without an answer is not sent again.
      if (answer.text.trim() === '') return 0;
      const texts = estimates.remembered(answer, () => question + answer.text);
      return calibrated(texts + contextOf(context) + 2 * messageOverhead);
    }),
    context: calibrated(contextOf(attachments)),
    question: calibrated(estimateTokens(text) + messageOverhead),
  };
  const limit = promptLimit(profile.contextWindow, maxTokens ?? profile.parameters.max_tokens);
  const { total, leftOut, canFit } = fitBudget(parts, limit);
  const history = parts.history.reduce((sum, tokens) => sum + tokens, 0);
  return { ...parts, history, total, ...(limit !== undefined && { limit }), leftOut, canFit, leavesOut };
}
