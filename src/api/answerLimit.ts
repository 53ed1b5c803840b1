import type { Parameters } from '../shared/parameters.ts';
import type { Connection } from './connection/connection.ts';
import type { JsonObject } from '../shared/json.ts';

/** How many tokens an answer may have, and the field of the body that says so; absent: the server's own limit holds. */
export interface AnswerLimit {
  readonly field: string;
  readonly tokens: number | undefined;
}

/** The limit that holds for a conversation: its own, else that of `extraBody`, else the connection's. */
export function answerLimit({ parameters, extraBody }: Connection, own: Parameters): AnswerLimit {
  const field = limitField(extraBody);
  const extra = extraBody[field];
  const tokens = own.max_tokens ?? (typeof extra === 'number' ? extra : parameters.max_tokens);
  return { field, tokens };
}

/** What a conversation sets, as it is sent: its limit goes under the name that `extraBody` has for it, or it would be sent twice. */
export function ownFields({ extraBody }: Pick<Connection, 'extraBody'>, own: Parameters): JsonObject {
  const { max_tokens: limit, ...others } = own;
  return { ...others, ...(limit !== undefined && { [limitField(extraBody)]: limit }) };
}

/** The name under which the server takes the limit. */
function limitField(extraBody: JsonObject): string {
  return 'max_completion_tokens' in extraBody ? 'max_completion_tokens' : 'max_tokens';
}
