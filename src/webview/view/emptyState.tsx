import type { Readiness } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

/** Shown in an empty chat: what to do first. */
export function EmptyState({ readiness }: { readiness: Readiness }) {
  const t = useTranslate();
  return (
    <section class="empty">
      <h1>{t('Ask about your code')}</h1>
      <Guidance readiness={readiness} />
    </section>
  );
}

/** The next step, depending on what is set up. */
export function Guidance({ readiness }: { readiness: Readiness }) {
  const t = useTranslate();
  switch (readiness.kind) {
    case 'ready':
      return (
        <>
          <p>{t('Select code in the editor and run “Ask about selection”, or enter a question below.')}</p>
          <p class="fine">
            {t(
              'Your question and attached code are sent only to {0} ({1}).',
              readiness.connection.server,
              readiness.connection.model,
            )}
          </p>
          {readiness.connection.warnings.map((warning) => (
            <p key={warning} class="warning">
              <Icon name="warning" />
              {warning}
            </p>
          ))}
        </>
      );
    case 'noConnection':
      return (
        <>
          <p>{t('Connect to an endpoint or a local model to get started. Nothing is sent until you ask.')}</p>
          <button type="button" class="primary" onClick={() => post({ type: 'connect' })}>
            <Icon name="plug" />
            {t('Connect')}
          </button>
        </>
      );
    case 'badSettings':
      return (
        <>
          <p>{t('Fix these settings to continue:')}</p>
          <ul class="problems">
            {readiness.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          <button type="button" class="primary" onClick={() => post({ type: 'openSettings' })}>
            {t('Open settings')}
          </button>
        </>
      );
  }
}
