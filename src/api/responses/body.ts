import type { JsonObject } from '../../shared/json.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Connection } from '../connection/connection.ts';
import { providerOf } from '../connection/providers.ts';
import type { RequestParts } from '../requestParts.ts';
import { samplingParameters, takesSampling } from './unsent.ts';

/**
 * The fields of a request to the Responses API; what is not set is not sent, and nothing is to be stored. The system
 * prompt is the first item: `instructions` would replace the prompt of a level.
 */
export function responsesBody({ connection, messages, parameters: own = {} }: RequestParts): JsonObject {
  const { model, stream, extraBody, effort, thinking } = connection;
  const isLevel = providerOf(new URL(connection.baseUrl))?.levels?.test(model) === true;
  const effortSent = effort ?? (thinking === false ? 'none' : undefined);
  return {
    ...(isLevel ? { preset: model } : { model }),
    input: messages.map(({ role, content }) => ({ type: 'message', role, content })),
    ...sentParameters(connection, connection.parameters),
    ...(effortSent !== undefined && {
      reasoning: { effort: effortSent, ...(effortSent !== 'none' && { summary: 'auto' }) },
    }),
    ...(takesSampling(connection) && connection.stop && { stop: connection.stop }),
    ...searchFields(connection),
    stream,
    store: false,
    ...extraBody,
    ...sentParameters(connection, own),
  };
}

function sentParameters(connection: Connection, { max_tokens: limit, ...others }: Parameters): JsonObject {
  const sent = Object.entries(others).filter(
    ([name]) => takesSampling(connection) || !samplingParameters.some((each) => each === name),
  );
  return { ...Object.fromEntries(sent), ...(limit !== undefined && { max_output_tokens: limit }) };
}

function searchFields({ search = 'off', searchOptions = {} }: Connection): JsonObject {
  if (search === 'off') return {};
  return {
    tools: [{ type: 'web_search', ...searchOptions }],
    ...(search === 'always' && { tool_choice: { type: 'web_search' } }),
  };
}
