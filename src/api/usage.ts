import type { Cost, Usage } from '../shared/answer.ts';
import { asObject, asText } from '../shared/json.ts';
import { firstField, looseNumber } from './fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The counts of either wire, as far as the server gives them; absent: none. */
export function readUsage(value: unknown): Usage | undefined {
  const fields = asObject(value);
  if (!fields) return undefined;
  const prompt = asObject(firstField(fields, 'prompt_tokens_details', 'input_tokens_details'));
  const completion = asObject(firstField(fields, 'completion_tokens_details', 'output_tokens_details'));
  const counts = {
    // The documentation spells the first field without its second t.
    promptTokens: count(fields, 'prompt_tokens', 'promp_tokens', 'input_tokens', 'promptTokens', 'inputTokens'),
    completionTokens: count(fields, 'completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens'),
    totalTokens: count(fields, 'total_tokens', 'totalTokens'),
    cachedTokens:
      count(prompt, 'cached_tokens', 'cache_read_input_tokens') ??
      // DeepSeek's name, then those of Claude's own API.
      count(fields, 'prompt_cache_hit_tokens', 'cache_read_input_tokens', 'cached_tokens'),
    reasoningTokens: count(completion, 'reasoning_tokens') ?? count(fields, 'reasoning_tokens'),
    cost: readCost(fields),
  };
  const known = Object.entries(counts).filter(([, each]) => each !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** A number in USD, as OpenRouter sends it; an object with its currency, as Perplexity does; or xAI's ticks. */
function readCost(fields: Fields): Cost | undefined {
  const cost = fields['cost'];
  const parts = asObject(cost);
  const currency = asText(parts?.['currency']) ?? 'USD';
  const ticks = looseNumber(fields['cost_in_usd_ticks']);
  // Brave's name for it.
  const amount =
    looseNumber(parts ? parts['total_cost'] : cost) ??
    (ticks === undefined ? looseNumber(fields['X-Request-Total-Cost']) : ticks / 1e10);
  return amount === undefined ? undefined : { amount, currency };
}

function count(fields: Fields | undefined, ...names: readonly string[]): number | undefined {
  return looseNumber(firstField(fields, ...names));
}
