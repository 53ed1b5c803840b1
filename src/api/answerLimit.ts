import type { Parameters } from '../shared/parameters.ts';
import type { Profile } from './profile.ts';
import type { JsonObject } from './types.ts';

/** How many tokens an answer may have, and the field of the body that says so; absent: the server's own limit holds. */
export interface AnswerLimit {
  readonly field: string;
  readonly tokens: number | undefined;
}

/** The limit that holds for a conversation: its own, else that of `extraBody`, which is merged last, else the profile's. */
export function answerLimit({ parameters, extraBody }: Profile, own: Parameters): AnswerLimit {
  const field = extraField(extraBody) ?? 'max_tokens';
  const extra = extraBody[field];
  const tokens = own.max_tokens ?? (typeof extra === 'number' ? extra : parameters.max_tokens);
  return { field, tokens };
}

/**
 * The fields that a profile and a conversation set. The conversation's own limit goes under the name that `extraBody` has
 * for it, for it would be overridden there or sent twice.
 */
export function setFields(
  { parameters, extraBody }: Pick<Profile, 'parameters' | 'extraBody'>,
  own: Parameters,
): { readonly parameters: Parameters; readonly extraBody: JsonObject } {
  const field = extraField(extraBody);
  const { max_tokens: limit, ...others } = own;
  if (field === undefined || limit === undefined) return { parameters: { ...parameters, ...own }, extraBody };
  return { parameters: { ...parameters, ...others }, extraBody: { ...extraBody, [field]: limit } };
}

/** Names under which servers take the limit. */
function extraField(extraBody: JsonObject): string | undefined {
  return ['max_completion_tokens', 'max_tokens'].find((name) => name in extraBody);
}
