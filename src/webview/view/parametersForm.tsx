import { useEffect, useId, useRef, useState } from 'preact/hooks';
import {
  checkParameter,
  parameterNote,
  parameters as allParameters,
  parseParameter,
  type Parameter,
  type Parameters,
  type PenaltyRange,
} from '../../shared/parameters.ts';
import type { ConnectionView } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';

interface ParametersFormProps {
  readonly id: string;
  readonly connection: ConnectionView;
  /** The chat's own. */
  readonly parameters: Parameters;
  readonly onClose: () => void;
}

/** The parameters of one chat. Empty fields use the connection's value or aren't sent. */
export function ParametersForm({ id, connection, parameters, onClose }: ParametersFormProps) {
  const t = useTranslate();
  const closeAtEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <fieldset id={id} class="parameters">
      <legend>{t('Parameters of this chat')}</legend>
      <button type="button" class="tool close" title={t('Close')} aria-label={t('Close')} onClick={onClose}>
        <Icon name="close" />
      </button>
      <p class="fine">{t("Empty fields use the connection's value or aren't sent.")}</p>
      <div class="parameter-fields">
        {allParameters.map((parameter) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={parameters[parameter.name]}
            ofConnection={connection.parameters[parameter.name]}
            penaltyRange={connection.penaltyRange}
            onKeyDown={closeAtEscape}
          />
        ))}
      </div>
      {connection.refused.length > 0 && <Refused connection={connection} />}
    </fieldset>
  );
}

interface FieldProps {
  readonly parameter: Parameter;
  readonly value: number | undefined;
  readonly ofConnection: number | undefined;
  readonly penaltyRange: PenaltyRange;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Field({ parameter, value, ofConnection, penaltyRange, onKeyDown }: FieldProps) {
  const t = useTranslate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(String(value ?? ''));
  // Another page may show the same chat; text being typed here stays.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(String(value ?? ''));
  }, [value]);
  const { name, documentedDefault } = parameter;
  const typed = parseParameter(text);
  const problem = typed === undefined ? undefined : checkParameter(name, typed, penaltyRange, t);
  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const changed = parseParameter(currentTarget.value);
    const isAllowed = changed !== undefined && checkParameter(name, changed, penaltyRange, t) === undefined;
    setText(currentTarget.value);
    post({ type: 'setParameter', name, value: isAllowed ? changed : null });
  };
  const placeholder =
    ofConnection === undefined
      ? documentedDefault === undefined
        ? t('server default')
        : t('default: {0}', documentedDefault)
      : t('connection: {0}', ofConnection);
  return (
    <label class="parameter">
      <span>{name.split('_').flatMap((word, index) => (index === 0 ? [word] : ['_', <wbr key={word} />, word]))}</span>
      <input
        ref={input}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        value={text}
        placeholder={placeholder}
        title={parameterNote(parameter, penaltyRange, t)}
        aria-invalid={problem !== undefined}
        aria-describedby={id}
        onInput={change}
        onKeyDown={onKeyDown}
      />
      <span id={id} class="parameter-problem" role="status">
        {problem ?? ''}
      </span>
    </label>
  );
}

/** Fields that the server rejected and that are adapted until the user revokes it. */
function Refused({ connection }: { connection: ConnectionView }) {
  const t = useTranslate();
  return (
    <ul class="refused">
      {connection.refused.map(({ parameter, replacement }) => (
        <li key={parameter}>
          <span>
            {replacement === undefined
              ? t("{0} isn't sent. The server rejected it.", parameter)
              : t('{0} is sent as {1}, as the server requires.', parameter, replacement)}
          </span>
          <button type="button" class="link" onClick={() => post({ type: 'revokeRefusal', parameter })}>
            {t('Send again')}
          </button>
        </li>
      ))}
    </ul>
  );
}
