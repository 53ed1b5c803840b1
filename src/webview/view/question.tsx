import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TurnView } from '../../shared/protocol.ts';
import { post, remember, remembered } from '../host.ts';
import { Chip } from './chip.tsx';
import { Icon } from './icon.tsx';
import { useTranslate } from './translator.ts';
import { plural } from '../../shared/plural.ts';

/**
 * A question, which can be edited.
 * @param busy Whether an answer is running.
 */
export function Question({ turn, busy }: { turn: TurnView; busy: boolean }) {
  const t = useTranslate();
  const [editing, setEditing] = useState(() => keptEdit(turn) !== undefined);
  const edit = useRef<HTMLButtonElement>(null);
  const end = () => {
    if (keptEdit(turn) !== undefined) remember({ edit: undefined });
    setEditing(false);
    edit.current?.focus();
  };
  return (
    <article class="question" aria-label={t('Question')}>
      {editing ? (
        <QuestionEditor turn={turn} onEnd={end} />
      ) : (
        <p class="question-text" dir="auto">
          {turn.question}
        </p>
      )}
      {turn.attachments.length > 0 && (
        <ul class="chips" aria-label={t('Attached context')}>
          {turn.attachments.map((attachment) => (
            <Chip key={attachment.id} attachment={attachment} />
          ))}
        </ul>
      )}
      {turn.leftOut !== undefined && (
        <p class="fine">
          {plural(
            turn.leftOut,
            t('Sent without the oldest turn of this chat.'),
            t('Sent without the oldest {0} turns of this chat.', turn.leftOut),
          )}
        </p>
      )}
      <span class="question-actions" hidden={editing || busy}>
        <button
          ref={edit}
          type="button"
          class="tool"
          title={t('Edit question')}
          aria-label={t('Edit question')}
          onClick={() => setEditing(true)}
        >
          <Icon name="edit" />
        </button>
        <button
          type="button"
          class="tool"
          title={t('Delete question and answer')}
          aria-label={t('Delete question and answer')}
          onClick={() => post({ type: 'turn', action: 'delete', turnId: turn.id })}
        >
          <Icon name="trash" />
        </button>
      </span>
    </article>
  );
}

/** The text of an edit before the page was hidden, moved or reloaded. */
function keptEdit({ id }: TurnView): string | undefined {
  const { edit } = remembered();
  return edit?.turn === id ? edit.text : undefined;
}

/** Enter sends the edited question, Escape cancels. */
function QuestionEditor({ turn, onEnd }: { turn: TurnView; onEnd: () => void }) {
  const t = useTranslate();
  const input = useRef<HTMLTextAreaElement>(null);
  const [kept] = useState(() => keptEdit(turn));
  useLayoutEffect(() => {
    if (kept !== undefined) return;
    input.current?.focus();
    input.current?.setSelectionRange(turn.question.length, turn.question.length);
  }, []);
  const send = () => {
    const text = input.current?.value.trim() ?? '';
    if (text !== '') post({ type: 'edit', turnId: turn.id, text });
    onEnd();
  };
  const keyPressed = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onEnd();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    }
  };
  return (
    <div class="question-editor">
      <textarea
        ref={input}
        dir="auto"
        rows={1}
        aria-label={t('Edited question')}
        defaultValue={kept ?? turn.question}
        onInput={({ currentTarget }) => remember({ edit: { turn: turn.id, text: currentTarget.value } })}
        onKeyDown={keyPressed}
      />
      <span class="buttons">
        <button type="button" class="primary" onClick={send}>
          {t('Ask')}
        </button>
        <button type="button" class="secondary" onClick={onEnd}>
          {t('Cancel')}
        </button>
      </span>
    </div>
  );
}
