import type { Translate } from './l10n.ts';
import type { BudgetView } from './protocol.ts';

/** The texts about a question that is too long for its model, and its recovery actions. */
export interface TooLongTexts {
  readonly title: string;
  readonly detail: string;
  /** Absent if it doesn't fit even without the oldest turns. */
  readonly leaveOut: string | undefined;
  readonly sendAll: string;
}

/** @param removable Whether the user can still remove some attached context. */
export function tooLongTexts(budget: BudgetView, removable: boolean, t: Translate): TooLongTexts {
  const { total, limit = total, leftOut, canFit } = budget;
  const size = t('This is about {0} tokens, and the model reads {1}.', total.toLocaleString(), limit.toLocaleString());
  const shorter = removable
    ? t('It does not fit even without the earlier turns. Remove some of its context, or ask for less.')
    : t('It does not fit even without the earlier turns. Shorten the question.');
  const advice = canFit ? t('It fits without the oldest turns of this conversation.') : shorter;
  const leaveOut = leftOut === 1 ? t('Leave out the oldest turn') : t('Leave out the oldest {0} turns', leftOut);
  return {
    title: t('The question is too long'),
    detail: `${size} ${advice}`,
    leaveOut: canFit ? leaveOut : undefined,
    sendAll: t('Send all'),
  };
}
