import { wireName } from '../../shared/wireId.ts';
import type { AnswerView } from '../../shared/protocol.ts';
import { plain, visibleCode } from '../bidi.ts';
import { costText, duration } from '../format.ts';
import { useTranslate } from './translator.ts';

/** The metadata of an answer. */
export function Details({ answer }: { answer: AnswerView }) {
  const t = useTranslate();
  const { connection, model, parameters = {}, metadata, usage, timing = {}, status, lastObject, unread, wire } = answer;
  const { asked, firstReasoning, firstText, ended } = timing;
  const first = Math.min(firstReasoning ?? Infinity, firstText ?? Infinity);
  const writing = ended !== undefined && Number.isFinite(first) ? ended - first : 0;
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    [t('Connection'), connection],
    [t('API'), wire && wireName(wire)],
    [t('Requested model'), model],
    [t('Answering model'), metadata.model],
    [t('Parameters sent'), Object.keys(parameters).length === 0 ? t('none') : JSON.stringify(parameters)],
    [t('Finish reason'), status.kind === 'done' ? status.finishReason : undefined],
    [t('Prompt tokens'), usage?.promptTokens],
    [t('Cached prompt tokens'), usage?.cachedTokens],
    [t('Completion tokens'), usage?.completionTokens],
    [t('Reasoning tokens'), usage?.reasoningTokens],
    [t('Total tokens'), usage?.totalTokens],
    [t('Cost reported by the server'), usage?.cost && costText(usage.cost)],
    [t('Time to first token'), asked !== undefined && Number.isFinite(first) ? duration(first - asked, t) : undefined],
    [t('Total time'), asked !== undefined && ended !== undefined ? duration(ended - asked, t) : undefined],
    [
      t('Tokens per second'),
      usage?.completionTokens !== undefined && writing > 0
        ? ((1000 * usage.completionTokens) / writing).toFixed(1)
        : undefined,
    ],
    [t('Response ID'), metadata.id],
    [t('Stored by the server'), metadata.stored === undefined ? undefined : metadata.stored ? t('yes') : t('no')],
    [t('Created'), metadata.created === undefined ? undefined : new Date(1000 * metadata.created).toLocaleString()],
    [t('Object type'), metadata.object],
    [t('Role'), metadata.role],
    [t('Choice index'), metadata.index],
  ];
  return (
    <div class="details" role="group" aria-label={t('Answer details')}>
      <dl>
        {rows
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? plain(value) : value}</dd>
            </div>
          ))}
      </dl>
      {lastObject !== undefined && (
        <details>
          <summary>{t('Last server message')}</summary>
          <pre>{visibleCode(lastObject)}</pre>
        </details>
      )}
      {unread !== undefined && (
        <details>
          <summary>{t('Unreadable server output')}</summary>
          <pre>{visibleCode(unread.join('\n'))}</pre>
        </details>
      )}
    </div>
  );
}
