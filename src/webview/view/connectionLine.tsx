import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Parameters } from '../../shared/parameters.ts';
import type { ConnectionView } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { ParametersForm } from './parametersForm.tsx';
import { useTranslate } from './translator.ts';

interface ConnectionLineProps {
  readonly connection: ConnectionView;
  /** The chat's own. */
  readonly parameters: Parameters;
  /** Returns the input's text. */
  readonly question: () => string;
  readonly hint: string;
  /** The draft's budget. */
  readonly children: ComponentChildren;
}

/** The connection, its parameters, and the request preview. */
export function ConnectionLine({ connection, parameters, question, hint, children }: ConnectionLineProps) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const form = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const { name, model, server, refused, warnings } = connection;
  const set = Object.keys(parameters).length;
  return (
    <>
      {open && <ParametersForm id={form} connection={connection} parameters={parameters} onClose={close} />}
      <div class="composer-hint">
        <button
          type="button"
          class="tool connection"
          title={t('Questions go to {0}. Select another connection', server)}
          aria-label={t('{0} · {1}. Select another connection', name, model)}
          onClick={() => post({ type: 'selectConnection' })}
        >
          <span class="connection-name">
            {name} · {model}
          </span>
          <Icon name="chevronDown" />
        </button>
        <button
          ref={opener}
          type="button"
          class="tool"
          title={t('Parameters of this chat')}
          aria-expanded={open}
          aria-controls={form}
          onClick={() => setOpen(!open)}
        >
          <Icon name="settings" />
          <span class="tool-label">{set > 0 ? t('{0} set', set) : ''}</span>
          <span class="visually-hidden">{t('Parameters of this chat')}</span>
        </button>
        <button
          type="button"
          class="tool"
          title={t('Preview request')}
          aria-label={t('Preview request')}
          onClick={() => post({ type: 'showRequest', text: question() })}
        >
          <Icon name="eye" />
        </button>
        {warnings.length > 0 && (
          <button
            type="button"
            class="tool warning"
            title={warnings.join('\n')}
            aria-label={warnings.join(' ')}
            onClick={() => post({ type: 'openSettings' })}
          >
            <Icon name="warning" />
          </button>
        )}
        {refused.length > 0 && !open && (
          <span class="refused-note">
            {t('Adjusted for this server: {0}', refused.map(({ parameter }) => parameter).join(', '))}
          </span>
        )}
        {children}
        {hint !== '' && <span>{hint}</span>}
      </div>
    </>
  );
}
