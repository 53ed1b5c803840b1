import { useState } from 'preact/hooks';
import { longestContinued } from '../../shared/limits.ts';
import type { AnswerView, TurnAction, TurnView } from '../../shared/protocol.ts';
import { finishNote, usageNote } from '../format.ts';
import { post } from '../host.ts';
import { Alternatives } from './alternatives.tsx';
import { useCopied } from './useCopied.ts';
import { Details } from './details.tsx';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

interface AnswerFooterProps {
  readonly turn: TurnView;
  /** Whether another answer is running. */
  readonly busy: boolean;
}

/** How an answer ended, its cost, and its actions. */
export function AnswerFooter({ turn, busy }: AnswerFooterProps) {
  const t = useTranslate();
  const [copied, confirmCopy] = useCopied();
  const [detailed, setDetailed] = useState(false);
  const { id, answer } = turn;
  const { status, usage, metadata } = answer;
  const note = status.kind === 'done' ? finishNote(status.finishReason, t) : undefined;
  const ending = status.kind === 'done' ? t('finish reason: {0}', status.finishReason) : '';
  const facts = [metadata.model ?? answer.model, usage ? usageNote(usage, t) : '', ending].filter(
    (fact) => fact !== '',
  );
  const offersRetry = status.kind === 'failed' && status.error.actions.some((action) => action.id === 'retry');
  const act = (action: TurnAction) => post({ type: 'turn', action, turnId: id });
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
      {mayContinue(answer) && !busy && (
        <span class="buttons">
          <button type="button" class="secondary" onClick={() => act('continue')}>
            {t('Continue')}
          </button>
          {status.kind === 'done' && status.finishReason === 'length' && (
            <button type="button" class="secondary" onClick={() => act('raiseLimit')}>
              {t('Raise token limit')}
            </button>
          )}
        </span>
      )}
      <div class="footer-line">
        <span class="footer-actions">
          {answer.text !== '' && (
            <button
              type="button"
              class="tool"
              title={t('Copy answer')}
              aria-label={copied ? t('Copied') : t('Copy answer')}
              onClick={copy}
            >
              <Icon name={copied ? 'check' : 'copy'} />
            </button>
          )}
          {!busy && !offersRetry && (
            <button
              type="button"
              class="tool"
              title={t('Regenerate (keeps this answer)')}
              aria-label={t('Regenerate')}
              onClick={() => act('regenerate')}
            >
              <Icon name="refresh" />
            </button>
          )}
          <button
            type="button"
            class="tool"
            title={t('Details')}
            aria-label={t('Answer details')}
            aria-expanded={detailed}
            onClick={() => setDetailed(!detailed)}
          >
            <Icon name="info" />
          </button>
          <Alternatives turn={turn} busy={busy} />
        </span>
        <span class="facts">{facts.join(' · ')}</span>
      </div>
      {detailed && <Details answer={answer} />}
    </footer>
  );
}

/** Whether the answer is incomplete and can be continued. */
function mayContinue({ status, text }: AnswerView): boolean {
  const isCut =
    status.kind === 'stopped' ||
    (status.kind === 'done' && (status.finishReason === 'length' || status.finishReason === 'tooLong'));
  return isCut && text !== '' && text.length <= longestContinued;
}
