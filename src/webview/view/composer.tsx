import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DeferredClear } from '../deferredClear.ts';
import { DraftPost } from '../draftPost.ts';
import { post } from '../host.ts';
import { takeInsertions } from '../insertion.ts';
import { Recall } from '../recall.ts';
import type { TooLongChoice } from '../../shared/protocol.ts';
import type { State } from '../state.ts';
import { Budget, isOver } from './budget.tsx';
import { Chip } from './chip.tsx';
import { CompletionList, completionAttributes } from './completionList.tsx';
import { Icon } from './icon.tsx';
import { ConnectionLine } from './connectionLine.tsx';
import { warmUpTurn } from './warmUp.tsx';
import { Queued } from './queued.tsx';
import { TooLong } from './tooLong.tsx';
import { useTranslate } from './translator.ts';
import { useCompletions } from './useCompletions.ts';
import { useDrop } from './useDrop.ts';
import { useEscape } from './useEscape.ts';
import { useKeptFocus } from './useKeptFocus.ts';
import { usePastedPaths } from './usePastedPaths.ts';

/** Tokens of an empty draft, too few to show a number. */
const quiet = 10;

/** The input with its attachments. */
export function Composer({ state, answering }: { state: State; answering: boolean }) {
  const t = useTranslate();
  const input = useRef<HTMLTextAreaElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  /** How many of the questions returned as too long the user has decided about. */
  const [decided, setDecided] = useState(state.tooLong);
  const popup = useCompletions(input, state.completions, () => send());
  const paste = usePastedPaths(input, state.attachedPaths);
  const dragging = useDrop();
  const draft = useMemo(() => new DraftPost(), []);
  const clearing = useMemo(() => new DeferredClear(), []);
  const recall = useMemo(() => new Recall(), []);
  const questions = state.turns.map(({ view }) => view.question);
  const { attachments, readiness, notice, budget } = state;

  useLayoutEffect(() => {
    if (!input.current) return;
    clearing.cancel();
    input.current.value = state.draft.text;
    setEmpty(state.draft.text.trim() === '');
  }, [state.draft.revision]);
  useEffect(() => {
    if (state.focus > 0) input.current?.focus();
  }, [state.focus]);
  const tooLong = budget && isOver(budget) && state.tooLong > decided ? budget : undefined;
  useEscape(answering && !tooLong, () => post({ type: 'stop' }));
  useKeptFocus(input, [answering, state.turns]);
  useEffect(() => draft.flushWhenHidden(), [draft]);
  useEffect(() => (input.current ? takeInsertions(input.current) : undefined), []);

  const waitingHint = state.queued === undefined ? t('Press Enter to queue') : t('A question is already queued');
  const obstacle =
    readiness.kind !== 'ready' ? t('Connect to an endpoint first') : isEmpty ? t('Enter a question first') : '';
  const send = (choice?: TooLongChoice) => {
    const field = input.current;
    if (!field || clearing.isPending || obstacle !== '' || (answering && state.queued !== undefined)) return;
    draft.cancel();
    post({ type: 'ask', text: field.value.trim(), ...(choice && { tooLong: choice }) });
    clearing.begin(field, (rest) => {
      setDecided(state.tooLong);
      setEmpty(rest.trim() === '');
      if (rest !== '') draft.change(rest);
      field.focus();
    });
  };
  const choose = (choice: TooLongChoice | 'cancel') => {
    if (choice !== 'cancel') return send(choice);
    setDecided(state.tooLong);
    input.current?.focus();
  };
  const keyPressed = (event: KeyboardEvent) => {
    // 229: the key belongs to an input method; some browsers don't set `isComposing`.
    if (event.isComposing || event.keyCode === 229) return;
    if (popup.takes(event)) {
      event.preventDefault();
    } else if (input.current && recall.takes(event, input.current, questions)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  };
  const typed = ({ currentTarget }: { currentTarget: HTMLTextAreaElement }) => {
    setEmpty(currentTarget.value.trim() === '');
    setDecided(state.tooLong);
    draft.change(currentTarget.value);
    popup.follow();
  };
  const left = () => {
    popup.hide();
    draft.flush();
  };

  return (
    <form class="composer" onSubmit={(event) => event.preventDefault()}>
      {dragging && <p class="drop">{t('Drop to attach')}</p>}
      {/* Always present: screen readers announce changes in a status region, not a new region. */}
      <div class="notices" role="status">
        {readiness.kind === 'ready' && readiness.connection.unencrypted && (
          <p class="notice warning">
            <Icon name="warning" />
            {t(
              'Questions and the API key are sent to {0} unencrypted. Use https:// if the server supports it.',
              readiness.connection.server,
            )}
          </p>
        )}
        {notice !== '' && (
          <p class="notice">
            <Icon name="info" />
            {notice}
          </p>
        )}
      </div>
      {attachments.length > 0 && (
        <ul class="chips" aria-label={t('Attached context')}>
          {attachments.map((attachment) => (
            <Chip key={attachment.id} attachment={attachment} removable />
          ))}
        </ul>
      )}
      {tooLong && <TooLong budget={tooLong} choose={choose} />}
      <Queued question={state.queued} />
      <div class="composer-box">
        <CompletionList popup={popup} />
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          aria-label={t('Question')}
          placeholder={t('Ask about your code')}
          {...completionAttributes(popup)}
          onKeyDown={keyPressed}
          onInput={typed}
          onFocus={() => {
            post({ type: 'inputFocused' });
            warmUpTurn(t);
          }}
          onKeyUp={popup.follow}
          onClick={popup.follow}
          onPaste={paste}
          onBlur={left}
        />
        <button
          type="button"
          class="composer-tool"
          title={t('Add context (#), or hold Shift and drop files')}
          aria-label={t('Add context')}
          onClick={() => post({ type: 'addContext' })}
        >
          <Icon name="attach" />
        </button>
        {answering ? (
          <button
            type="button"
            class="composer-tool stop"
            title={t('Stop (Esc)')}
            aria-label={t('Stop')}
            onClick={() => post({ type: 'stop' })}
          >
            <Icon name="debugStop" />
          </button>
        ) : (
          <button
            type="button"
            class="composer-tool send"
            title={obstacle === '' ? t('Send (Enter)') : obstacle}
            aria-label={t('Send')}
            aria-disabled={obstacle !== ''}
            onClick={() => send()}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
      {readiness.kind === 'ready' && (
        <ConnectionLine
          connection={readiness.connection}
          parameters={state.parameters}
          question={() => input.current?.value ?? ''}
          hint={answering && !isEmpty ? waitingHint : ''}
        >
          {budget && budget.total > budget.system + quiet && <Budget budget={budget} />}
        </ConnectionLine>
      )}
    </form>
  );
}
