import type { FinishReason } from '../../shared/answer.ts';
import { asObject, asText } from '../../shared/json.ts';
import { firstField } from '../fields.ts';

/**
 * Why an answer ended, in whatever spelling: `MAX_TOKENS`, `endTurn`, `content_filter: PROHIBITED_CONTENT`. `failed`:
 * the server could not go on. Absent: it has not ended.
 */
export function readFinishReason(value: unknown): FinishReason | 'failed' | undefined {
  const fields = asObject(value);
  const written = asText(fields ? firstField(fields, 'type', 'reason', 'value') : value);
  if (written === undefined) return undefined;
  const reason = written
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .trim();
  if (/^(?:null|none|unfinished|in_progress|.*_unspecified|)$/.test(reason)) return undefined;
  // Those that say the same with other words come before the words that most share.
  return patterns.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
}

const patterns: readonly (readonly [RegExp, FinishReason | 'failed'])[] = [
  [/filter|safety|sensitive|block|prohibit|recitation|moderat|refus|spii|policy|guardrail|language/, 'content_filter'],
  [/error|fail|insufficient_system|rate_limit|malformed_response/, 'failed'],
  // `model_length` is Mistral's for a context that is full, `repetition_truncation` DeepSeek's.
  [/max|length|limit|context_window|trunc|budget_exhausted/, 'length'],
  [/tool|function/, 'tool_calls'],
  [/stop|eos|end_|^end$|complet|finish|done|normal/, 'stop'],
];
