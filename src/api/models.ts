import { readText, send } from './client.ts';
import { CompletionError } from './errors.ts';
import { maskedError } from './mask.ts';
import { longestName, mostModels } from '../shared/limits.ts';
import { asArray, asObject, asText, parseJson } from '../shared/json.ts';
import type { CompletionRequest } from './request.ts';
import type { Transport } from '../network/transport.ts';

/**
 * The names of the models that a server lists, in its order, each once.
 * @throws CompletionError where the server gives no list; the signal's reason when it aborts.
 */
export async function listModels(
  request: CompletionRequest,
  transport: Transport,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { body } = await send(request, transport, signal);
    const names = readModels(parseJson(await readText(body, longestList)));
    if (!names) throw new CompletionError({ kind: 'notCompletion', content: 'other' }, { url: request.url });
    return names;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CompletionError ? maskedError(error, request.secrets) : error;
  }
}

/** In UTF-16 code units: routers list a thousand models with a page of text each. */
const longestList = 16 * 1024 * 1024;

/** `{data: [{id}]}`, as the API has it; some send the list bare, some call it `models` and the name `name`. */
function readModels(value: unknown): readonly string[] | undefined {
  const object = asObject(value);
  const inner = asObject(object?.['data']) ?? object;
  const list = asArray(value) ?? asArray(inner?.['data']) ?? asArray(inner?.['models']);
  // Lists of no models, as Ollama and others send them.
  if (!list) return object?.['data'] === null || object?.['object'] === 'list' ? [] : undefined;
  const names = list.flatMap((item) => {
    const model = asObject(item);
    // AnythingLLM's `name` is for people alone.
    return asText(item) ?? asText(model?.['id']) ?? asText(model?.['model']) ?? asText(model?.['name']) ?? [];
  });
  return [...new Set(names.filter((name) => name.length <= longestName))].slice(0, mostModels);
}
