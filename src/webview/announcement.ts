import type { Translate } from '../shared/l10n.ts';
import type { State } from './state.ts';

/** The screen reader announcement for a state change: start, end or error of an answer. */
export function announcement(before: State | undefined, after: State): string | undefined {
  const turn = after.turns.at(-1)?.view;
  const earlier = before?.turns.findLast(({ view }) => view.id === turn?.id)?.view;
  // A snapshot is nothing new.
  if (!turn || !before || after.t !== before.t) return undefined;
  const { status } = turn.answer;
  if (status.kind === earlier?.answer.status.kind) return undefined;
  return describe(status, after.t);
}

function describe(status: State['turns'][number]['view']['answer']['status'], t: Translate): string | undefined {
  switch (status.kind) {
    case 'waiting':
      return t('Question sent. Waiting for the answer.');
    case 'retrying':
      return status.message;
    // The start has been announced already.
    case 'streaming':
      return undefined;
    case 'done':
      return status.finishReason === 'length' || status.finishReason === 'tooLong'
        ? t('The answer was cut off.')
        : t('The answer is complete.');
    case 'stopped':
      return t('Stopped.');
    case 'failed':
      return status.error.message;
  }
}
