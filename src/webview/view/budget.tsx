import type { BudgetView } from '../../shared/protocol.ts';
import { useTranslate } from './translator.ts';

/** What the question takes along, against what the model reads. */
export function Budget({ budget }: { budget: BudgetView }) {
  const t = useTranslate();
  const { system, history, context, question, total, limit, leavesOut, leftOut } = budget;
  const over = isOver(budget);
  const parts = [
    t('System prompt: {0}', system.toLocaleString()),
    t('Earlier turns: {0}', history.toLocaleString()),
    t('Context: {0}', context.toLocaleString()),
    t('Question: {0}', question.toLocaleString()),
    t('Estimated; the endpoint counts in its own way.'),
  ];
  return (
    <span class={over ? 'budget over' : 'budget'} title={parts.join('\n')}>
      {limit === undefined
        ? t('≈ {0} tokens', total.toLocaleString())
        : t('≈ {0} of {1} tokens', total.toLocaleString(), limit.toLocaleString())}
      {over && leavesOut && `, ${t('the oldest turns stay behind: {0}', leftOut)}`}
    </span>
  );
}

/** Whether it is more than the model reads. */
export function isOver({ total, limit }: BudgetView): boolean {
  return limit !== undefined && total > limit;
}
