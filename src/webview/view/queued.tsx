import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

/** The queued question, which is sent when the answer has ended. */
export function Queued({ question }: { question: string | undefined }) {
  const t = useTranslate();
  if (question === undefined) return null;
  const label = t('Edit queued question');
  return (
    <p class="queued">
      <span class="queued-label">{t('Queued:')}</span>
      <span class="queued-text" dir="auto">
        {question}
      </span>
      <button type="button" class="tool" title={label} aria-label={label} onClick={() => post({ type: 'unqueue' })}>
        <Icon name="close" />
      </button>
    </p>
  );
}
