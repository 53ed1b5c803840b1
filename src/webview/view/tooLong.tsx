import { useEffect, useRef } from 'preact/hooks';
import type { BudgetView, TooLongChoice } from '../../shared/protocol.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';
import { useEscape } from './useEscape.ts';

interface TooLongProps {
  readonly budget: BudgetView;
  readonly choose: (choice: TooLongChoice | 'cancel') => void;
}

/** Asks what to do with a question that is too long for its model. Nothing is left out unless the user says so. */
export function TooLong({ budget, choose }: TooLongProps) {
  const t = useTranslate();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEscape(true, () => choose('cancel'));
  const { total, limit = total, leftOut, canFit, context } = budget;
  const size = t('This is about {0} tokens, and the model reads {1}.', total.toLocaleString(), limit.toLocaleString());
  const advice = canFit
    ? t('It fits without the oldest turns of this conversation.')
    : context > 0
      ? t('It does not fit even without the earlier turns. Remove some of its context, or ask for less.')
      : t('It does not fit even without the earlier turns. Shorten the question.');
  return (
    <div class="too-long" role="group" aria-label={t('The question is too long')}>
      <p role="alert">
        <Icon name="warning" />
        <span>
          {size} {advice}
        </span>
      </p>
      <div class="buttons">
        {canFit && (
          <button ref={first} type="button" class="primary" onClick={() => choose('leaveOut')}>
            {leftOut === 1 ? t('Leave out the oldest turn') : t('Leave out the oldest {0} turns', leftOut)}
          </button>
        )}
        <button type="button" class="secondary" onClick={() => choose('sendAll')}>
          {t('Send all')}
        </button>
        <button ref={canFit ? null : first} type="button" class="secondary" onClick={() => choose('cancel')}>
          {t('Cancel')}
        </button>
      </div>
    </div>
  );
}
