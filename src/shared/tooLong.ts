import type { Translate } from './l10n.ts';
import type { BudgetView } from './protocol.ts';
import { plural } from './plural.ts';

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
  const size = t("About {0} tokens. The model's limit is {1}.", total.toLocaleString(), limit.toLocaleString());
  const shorter = removable
    ? t("It's too long even without earlier turns. Remove context or shorten the question.")
    : t("It's too long even without earlier turns. Shorten the question.");
  const advice = canFit ? t('It fits without the oldest turns of this chat.') : shorter;
  const leaveOut = plural(leftOut, t('Omit oldest turn'), t('Omit oldest {0} turns', leftOut));
  return {
    title: t('The question is too long'),
    detail: `${size} ${advice}`,
    leaveOut: canFit ? leaveOut : undefined,
    sendAll: t('Send anyway'),
  };
}
