import type { ErrorReport } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

/** Why an answer failed, with recovery actions. */
export function Problem({ turnId, error }: { turnId: string; error: ErrorReport }) {
  const t = useTranslate();
  return (
    <div class="problem">
      <Icon name="error" />
      <div class="problem-text">
        <p>{error.message}</p>
        {error.said !== undefined && (
          <blockquote dir="auto" aria-label={t('Server message')}>
            {error.said}
          </blockquote>
        )}
        {error.detail !== undefined && (
          <details>
            <summary>{t('Details')}</summary>
            <pre>{error.detail}</pre>
          </details>
        )}
        {error.actions.length > 0 && (
          <div class="buttons">
            {error.actions.map(({ id, label }, index) => (
              <button
                key={id}
                type="button"
                class={index === 0 ? 'primary' : 'secondary'}
                onClick={() => post({ type: 'errorAction', turnId, action: id })}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
