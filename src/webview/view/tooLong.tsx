import { useEffect, useRef } from 'preact/hooks';
import type { BudgetView, TooLongChoice } from '../../shared/protocol.ts';
import { tooLongTexts } from '../../shared/tooLong.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';
import { useEscape } from './useEscape.ts';

interface TooLongProps {
  readonly budget: BudgetView;
  readonly choose: (choice: TooLongChoice | 'cancel') => void;
}

/** Asks how to send a question that is too long for its model. Nothing is omitted unless the user agrees. */
export function TooLong({ budget, choose }: TooLongProps) {
  const t = useTranslate();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEscape(true, () => choose('cancel'));
  const { title, detail, leaveOut, sendAll } = tooLongTexts(budget, budget.context > 0, t);
  return (
    <div class="too-long" role="group" aria-label={title}>
      <p role="alert">
        <Icon name="warning" />
        <span>{detail}</span>
      </p>
      <div class="buttons">
        {leaveOut !== undefined && (
          <button ref={first} type="button" class="primary" onClick={() => choose('leaveOut')}>
            {leaveOut}
          </button>
        )}
        <button type="button" class="secondary" onClick={() => choose('sendAll')}>
          {sendAll}
        </button>
        <button
          ref={leaveOut === undefined ? first : null}
          type="button"
          class="secondary"
          onClick={() => choose('cancel')}
        >
          {t('Cancel')}
        </button>
      </div>
    </div>
  );
}
