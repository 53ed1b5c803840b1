import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { ownFields } from '../answerLimit.ts';
import type { Connection } from '../connection/connection.ts';
import { providerOf } from '../connection/providers.ts';
import type { RequestParts } from '../requestParts.ts';

/** The fields of a request to the Chat Completions API; what is not set is not sent. */
export function chatBody({ connection, messages, parameters: own = {} }: RequestParts): JsonObject {
  const { model, stream, includeUsage, parameters, extraBody, effort, stop } = connection;
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...parameters,
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...thinkingField(connection),
    ...(stop && { stop }),
    stream,
    ...(stream && includeUsage && { stream_options: { include_usage: true } }),
    ...extraBody,
    ...ownFields(connection, own),
  };
}

/** Whether the model reasons, under the name that its server has for it. */
function thinkingField({ baseUrl, thinking }: Connection): Readonly<Record<string, JsonValue>> {
  if (thinking === undefined) return {};
  switch (providerOf(new URL(baseUrl))?.thinkingField) {
    case 'reasoning':
      return { reasoning: { enabled: thinking } };
    case 'template':
      return { chat_template_kwargs: { enable_thinking: thinking } };
    case 'enable_thinking':
      return { enable_thinking: thinking };
    case 'thinking':
    case undefined:
      return { thinking: { type: thinking ? 'enabled' : 'disabled' } };
  }
}
