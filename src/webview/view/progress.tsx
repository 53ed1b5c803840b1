import { useEffect, useState } from 'preact/hooks';
import type { Progress as ServerProgress } from '../../shared/answer.ts';
import type { Translate } from '../../shared/l10n.ts';
import type { AnswerStatus } from '../../shared/protocol.ts';
import { plain } from '../bidi.ts';
import { post } from '../host.ts';
import { useTranslate } from './translator.ts';

interface ProgressProps {
  readonly status: AnswerStatus;
  readonly hasText: boolean;
  readonly server: string;
  /** The server's own progress. */
  readonly progress: ServerProgress | undefined;
}

/** The progress while there is no text to read yet. */
export function Progress({ status, hasText, server, progress }: ProgressProps) {
  const t = useTranslate();
  switch (status.kind) {
    case 'waiting':
      if (progress) return <p class="progress">{progressNote(progress, t)}</p>;
      return <p class="progress">{server === '' ? t('Waiting for an answer…') : t('Waiting for {0}…', server)}</p>;
    case 'retrying':
      return <Countdown message={status.message} until={status.until} />;
    case 'streaming':
      if (hasText) return null;
      return <p class="progress">{progress ? progressNote(progress, t) : t('Generating…')}</p>;
    case 'stopped':
      return <p class="ending">{status.interrupted ? t('Interrupted: VS Code was closed.') : t('Stopped.')}</p>;
    case 'done':
    case 'failed':
      return null;
  }
}

function progressNote({ kind, what }: ServerProgress, t: Translate): string {
  const list = plain(what.join(', ')).slice(0, longestNote);
  if (kind === 'reading') return list === '' ? t('Reading pages…') : t('Reading {0}…', list);
  return list === '' ? t('Searching the web…') : t('Searching for {0}…', list);
}

/** In UTF-16 code units. */
const longestNote = 200;

function Countdown({ message, until }: { message: string; until: number }) {
  const t = useTranslate();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return (
    <div class="waiting">
      <p class="progress">
        {message} <span>{seconds > 0 ? t('Trying again in {0}…', duration(seconds)) : t('Trying again…')}</span>
      </p>
      <div class="buttons">
        <button type="button" class="secondary" onClick={() => post({ type: 'skipWait' })}>
          {t('Retry now')}
        </button>
        <button type="button" class="secondary" onClick={() => post({ type: 'stop' })}>
          {t('Cancel')}
        </button>
      </div>
    </div>
  );
}

/** `45 s`, `1:30` */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
