import type { Usage } from '../shared/answer.ts';
import { asObject } from '../shared/json.ts';
import { firstField, looseNumber } from './fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The counts of either wire, as far as the server gives them; absent: none. */
export function readUsage(value: unknown): Usage | undefined {
  const fields = asObject(value);
  if (!fields) return undefined;
  // The documentation spells the first field without its second t.
  const promptTokens = count(fields, 'prompt_tokens', 'promp_tokens', 'input_tokens', 'promptTokens', 'inputTokens');
  const completionTokens = count(fields, 'completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens');
  const totalTokens = count(fields, 'total_tokens', 'totalTokens');
  if (promptTokens === undefined && completionTokens === undefined && totalTokens === undefined) return undefined;
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
  };
}

function count(fields: Fields, ...names: readonly string[]): number | undefined {
  return looseNumber(firstField(fields, ...names));
}
