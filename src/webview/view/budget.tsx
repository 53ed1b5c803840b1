import type { BudgetView } from '../../shared/protocol.ts';
import { useTranslate } from './translator.ts';
import { plural } from '../../shared/plural.ts';

/** The draft's tokens compared with the model's context window. */
export function Budget({ budget }: { budget: BudgetView }) {
  const t = useTranslate();
  const { system, history, context, question, total, limit, leavesOut, leftOut } = budget;
  const over = isOver(budget);
  const parts = [
    t('System prompt: {0}', system.toLocaleString()),
    t('Earlier turns: {0}', history.toLocaleString()),
    t('Context: {0}', context.toLocaleString()),
    t('Question: {0}', question.toLocaleString()),
    t('Estimate. The server may count differently.'),
  ];
  return (
    <span class={over ? 'budget over' : 'budget'} title={parts.join('\n')}>
      {limit === undefined
        ? plural(total, t('≈ 1 token'), t('≈ {0} tokens', total.toLocaleString()))
        : t('≈ {0} of {1} tokens', total.toLocaleString(), limit.toLocaleString())}
      {over &&
        leavesOut &&
        `, ${plural(leftOut, t("oldest turn won't be sent"), t("oldest {0} turns won't be sent", leftOut))}`}
    </span>
  );
}

/** Whether it exceeds the model's context window. */
export function isOver({ total, limit }: BudgetView): boolean {
  return limit !== undefined && total > limit;
}
