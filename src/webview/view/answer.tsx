import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AnswerView, TurnView } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { plain } from '../bidi.ts';
import { duration } from '../format.ts';
import { post } from '../host.ts';
import { AnswerBody } from '../markdown/answerBody.ts';
import { isOpen } from '../state.ts';
import { AnswerFooter } from './answerFooter.tsx';
import { CodeToolbar } from './codeToolbar.tsx';
import { Progress } from './progress.tsx';
import { Problem } from './problem.tsx';
import { Sources } from './sources.tsx';
import { useTranslate } from './translator.ts';

interface AnswerProps {
  readonly turn: TurnView;
  readonly server: string;
  /** Whether any answer is running. */
  readonly busy: boolean;
}

/** An answer, from waiting to its sources. */
export function Answer({ turn, server, busy }: AnswerProps) {
  const t = useTranslate();
  const { answer } = turn;
  const { status } = answer;
  const ended = !isOpen(status.kind);
  const [cited, setCited] = useState<ReadonlySet<string>>();
  return (
    <article class="answer" aria-label={t('Answer')} aria-busy={!ended}>
      <Reasoning answer={answer} />
      <AnswerText turn={turn} onEnd={setCited} />
      <Progress status={status} hasText={answer.text !== ''} server={server} progress={answer.progress} />
      {status.kind === 'failed' && <Problem turnId={turn.id} error={status.error} />}
      {answer.citations.length > 0 && <Sources citations={answer.citations} cited={cited} />}
      {ended && <AnswerFooter turn={turn} busy={busy} />}
    </article>
  );
}

function AnswerText({ turn, onEnd }: { turn: TurnView; onEnd: (cited: ReadonlySet<string>) => void }) {
  const t = useTranslate();
  const place = useRef<HTMLDivElement>(null);
  const body = useRef<AnswerBody>(undefined);
  const { id, target, answer } = turn;
  useLayoutEffect(() => {
    const created = new AnswerBody({
      t,
      toolbar: (header) => (
        <CodeToolbar
          t={t}
          header={header}
          target={target}
          act={(action, code) => post({ type: 'code', action, turnId: id, code, language: header.language })}
        />
      ),
    });
    body.current = created;
    place.current?.replaceChildren(created.element);
    return () => created.dispose();
  }, [id, target, t]);
  const { text, citations, status } = answer;
  const ended = !isOpen(status.kind);
  useLayoutEffect(() => {
    body.current?.update(text, citations, ended);
    if (ended && body.current) onEnd(body.current.cited());
  }, [id, target, t, text, citations, ended, onEnd]);
  return <div ref={place} />;
}

/** From the first chunk of reasoning to the first of the text, or to the end. */
function reasoningTitle({ timing }: AnswerView, t: Translate): string {
  const { firstReasoning, firstText, ended } = timing ?? {};
  const end = firstText ?? ended;
  if (firstReasoning === undefined || end === undefined || end < firstReasoning) return t('Reasoning');
  return t('Reasoning, {0}', duration(end - firstReasoning, t));
}

/** The model's reasoning, folded because it isn't part of the answer. */
function Reasoning({ answer }: { answer: AnswerView }) {
  const t = useTranslate();
  if (answer.reasoning === '') return null;
  const thinking = isOpen(answer.status.kind) && answer.text === '';
  return (
    <details class="reasoning">
      <summary>{thinking ? t('Thinking…') : reasoningTitle(answer, t)}</summary>
      <p dir="auto">{plain(answer.reasoning)}</p>
    </details>
  );
}
