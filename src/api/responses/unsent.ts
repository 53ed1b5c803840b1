import type { ParameterName, Parameters } from '../../shared/parameters.ts';
import type { Connection } from '../connection/connection.ts';
import { providerOf } from '../connection/providers.ts';

/** Names of what is set and has no field on this wire. */
export function unsentParameters(connection: Connection, own: Parameters): readonly string[] {
  if (takesSampling(connection)) return [];
  const set = { ...connection.parameters, ...own };
  return [
    ...samplingParameters.filter((name) => set[name] !== undefined),
    ...(connection.stop === undefined ? [] : ['stop']),
    ...(connection.thinking === true ? ['thinking'] : []),
  ];
}

/** OpenAI, xAI and DeepSeek have no field for these, Perplexity refuses them. */
export const samplingParameters: readonly ParameterName[] = ['top_k', 'presence_penalty', 'frequency_penalty'];

/** Whether the server is one that takes them all the same. */
export function takesSampling({ baseUrl }: Connection): boolean {
  return providerOf(new URL(baseUrl))?.sampling === true;
}
