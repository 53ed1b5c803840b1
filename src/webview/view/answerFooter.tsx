import type { TurnView } from '../../shared/protocol.ts';
import { finishNote, usageNote } from '../format.ts';
import { post } from '../host.ts';
import { useCopied } from './copied.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

/** How an answer ended, what it cost, and what can be done with it. */
export function AnswerFooter({ turn, isLast }: { turn: TurnView; isLast: boolean }) {
  const t = useTranslate();
  const [copied, confirmCopy] = useCopied();
  const { id, answer } = turn;
  const { status, usage, metadata } = answer;
  const note = status.kind === 'done' ? finishNote(status.finishReason, t) : undefined;
  const ending = status.kind === 'done' ? t('finished: {0}', status.finishReason) : '';
  const facts = [metadata.model ?? answer.model, usage ? usageNote(usage, t) : '', ending].filter(
    (fact) => fact !== '',
  );
  const offersRetry = status.kind === 'failed' && status.error.actions.some((action) => action.id === 'retry');
  const copy = () => {
    post({ type: 'copyAnswer', turnId: id });
    confirmCopy();
  };
  return (
    <footer class="answer-footer">
      {note !== undefined && (
        <p class="ending">
          <Icon name="warning" />
          {note}
        </p>
      )}
      <div class="footer-line">
        <span class="footer-actions">
          {answer.text !== '' && (
            <button type="button" class="tool" title={t('Copy answer')} aria-label={t('Copy answer')} onClick={copy}>
              <Icon name={copied ? 'check' : 'copy'} />
            </button>
          )}
          {isLast && !offersRetry && (
            <button
              type="button"
              class="tool"
              title={t('Retry')}
              aria-label={t('Retry')}
              onClick={() => post({ type: 'errorAction', turnId: id, action: 'retry' })}
            >
              <Icon name="refresh" />
            </button>
          )}
        </span>
        <span class="facts">{facts.join(' · ')}</span>
      </div>
    </footer>
  );
}
