import type { Citation, CompletionMetadata, FinishReason, Usage } from '../shared/answer.ts';
import { asArray, asNumber, asObject, asString, asText } from '../shared/json.ts';

/** One JSON object of a response, whichever form it came in. */
export type Chunk =
  | { readonly kind: 'completion'; readonly completion: PartialCompletion }
  | { readonly kind: 'error'; readonly error: ServerError }
  /** No object of this API. */
  | { readonly kind: 'unknown' };

/** What one object says of the completion; an absent field says nothing. */
export interface PartialCompletion {
  readonly metadata: CompletionMetadata;
  readonly citations: readonly Citation[] | undefined;
  readonly searchResults: readonly Citation[] | undefined;
  readonly usage: Usage | undefined;
  /** A piece to append. */
  readonly delta: Content | undefined;
  /** The whole so far. */
  readonly message: Content | undefined;
  readonly finishReason: FinishReason | undefined;
  /** Name of a tool that is called, empty if it has none. */
  readonly tool: string | undefined;
}

/** Texts, empty where there is none. */
export interface Content {
  readonly text: string;
  readonly reasoning: string;
}

export interface ServerError {
  readonly message: string;
  /** What the server calls this kind of error. */
  readonly code?: string | undefined;
  /** The field that the error is about, or the way to a place in it. */
  readonly parameter?: string | undefined;
  readonly id?: string | undefined;
}

export function parseChunk(value: unknown): Chunk {
  const object = asObject(value);
  if (!object) {
    const error = readServerError(value);
    return error ? { kind: 'error', error } : { kind: 'unknown' };
  }
  const choices = asArray(object['choices']);
  const choice = choices?.map(asObject).find((item) => item !== undefined && (item['index'] ?? 0) === 0);
  // Where OpenRouter tells what happened to the provider behind it.
  const failed = choice?.['error'] ? { ...object, error: choice['error'] } : object;
  if (failed['error'] || !choices) {
    const error = readServerError(failed);
    if (error) return { kind: 'error', error };
  }
  const completion = readCompletion(object, choice);
  const isKnown =
    choices !== undefined ||
    completion.usage !== undefined ||
    completion.citations !== undefined ||
    completion.searchResults !== undefined ||
    completion.metadata.object?.startsWith('chat.completion') === true;
  return isKnown ? { kind: 'completion', completion } : { kind: 'unknown' };
}

/**
 * Reads the shapes in which servers report errors: `{"error": {…}}`, `{"error": "text"}`, `{"detail": …}`,
 * `{"message": …}`, and any of them as the first item of a list.
 */
export function readServerError(value: unknown): ServerError | undefined {
  const list = asArray(value);
  if (list) return asArray(list[0]) ? undefined : readServerError(list[0]);
  const object = asObject(value);
  if (!object) return undefined;
  const id = asText(object['id']) ?? asText(object['request_id']);
  const error = object['error'];
  const details = asObject(error);
  if (details) {
    const parameter = asText(details['param']);
    return { message: errorMessage(details), code: asText(details['code']), parameter, id };
  }
  const text = asText(error) ?? detailText(object['detail']) ?? asText(object['message']);
  const parameter = detailPath(object['detail']) ?? asText(object['param']);
  return text === undefined ? undefined : { message: text, code: asText(object['code']), parameter, id };
}

function errorMessage(details: Readonly<Record<string, unknown>>): string {
  const message = asText(details['message']) ?? detailText(details['detail']);
  return message ?? asText(details['type']) ?? asText(details['code']) ?? JSON.stringify(details);
}

/** FastAPI's `detail`: a text, or a list of `{loc, msg}`. */
function detailText(detail: unknown): string | undefined {
  const items = asArray(detail)?.map((item) => asText(asObject(item)?.['msg']) ?? asText(item));
  if (items) return items.filter((item) => item !== undefined).join(' ') || undefined;
  const object = asObject(detail);
  return object ? errorMessage(asObject(object['error']) ?? object) : asText(detail);
}

/** `body.messages.0.content`. */
function detailPath(detail: unknown): string | undefined {
  return asArray(asObject(asArray(detail)?.[0])?.['loc'])?.join('.');
}

function readCompletion(
  object: Readonly<Record<string, unknown>>,
  choice: Readonly<Record<string, unknown>> | undefined,
): PartialCompletion {
  const delta = asObject(choice?.['delta']);
  const message = asObject(choice?.['message']);
  return {
    metadata: readMetadata(object, choice, delta ?? message),
    citations: asArray(object['citations'])?.map(readCitation),
    searchResults: asArray(object['search_results'])?.map(readCitation),
    usage: readUsage(object['usage']),
    delta: delta && readContent(delta),
    message: message && readContent(message),
    finishReason: readFinishReason(choice?.['finish_reason']),
    tool: readTool(delta) ?? readTool(message),
  };
}

function readMetadata(
  object: Readonly<Record<string, unknown>>,
  choice: Readonly<Record<string, unknown>> | undefined,
  message: Readonly<Record<string, unknown>> | undefined,
): CompletionMetadata {
  const id = asText(object['id']);
  const model = asText(object['model']);
  const kind = asText(object['object']);
  const created = asNumber(object['created']);
  const role = asText(message?.['role']);
  const index = asNumber(choice?.['index']);
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(kind !== undefined && { object: kind }),
    ...(created !== undefined && { created }),
    ...(role !== undefined && { role }),
    ...(index !== undefined && { index }),
  };
}

/** A URL, or an object with one. What is neither keeps its place, for `[n]` counts places. */
function readCitation(value: unknown): Citation {
  const object = asObject(value);
  if (!object) return { url: asString(value) ?? '' };
  const title = asText(object['title']);
  const date = asText(object['date']);
  return {
    url: asString(object['url']) ?? '',
    ...(title !== undefined && { title }),
    ...(date !== undefined && { date }),
  };
}

function readUsage(value: unknown): Usage | undefined {
  const object = asObject(value);
  if (!object) return undefined;
  // The documentation spells the first field without its second t.
  const promptTokens = asNumber(object['prompt_tokens']) ?? asNumber(object['promp_tokens']);
  const completionTokens = asNumber(object['completion_tokens']);
  const totalTokens = asNumber(object['total_tokens']);
  if (promptTokens === undefined && completionTokens === undefined && totalTokens === undefined) return undefined;
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
  };
}

function readContent(message: Readonly<Record<string, unknown>>): Content {
  const reasoning = asText(message['reasoning_content']) ?? asString(message['reasoning']) ?? '';
  const content = message['content'];
  if (typeof content === 'string') return { text: content, reasoning };
  const parts = asArray(content);
  if (!parts) return { text: asString(message['refusal']) ?? '', reasoning };
  return { text: partsText(parts, 'text'), reasoning: reasoning + partsText(parts, 'thinking') };
}

/** Content as a list of parts; a part's text may be a list of parts itself. */
function partsText(parts: readonly unknown[], type: 'text' | 'thinking'): string {
  return parts
    .map(asObject)
    .filter((part) => part?.['type'] === type)
    .map((part) => asString(part?.[type]) ?? partsText(asArray(part?.[type]) ?? [], 'text'))
    .join('');
}

function readFinishReason(value: unknown): FinishReason | undefined {
  const reason = asText(value);
  if (reason === undefined) return undefined;
  switch (reason) {
    case 'stop':
    case 'length':
    case 'content_filter':
    case 'tool_calls':
      return reason;
    // The ends that Together, text-generation-inference and Claude's own API know.
    case 'eos':
    case 'eos_token':
    case 'stop_sequence':
    case 'end_turn':
      return 'stop';
    // Mistral's for a context that is full.
    case 'model_length':
    case 'max_tokens':
      return 'length';
    case 'function_call':
      return 'tool_calls';
    default:
      return 'other';
  }
}

function readTool(message: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const [tool] = asArray(message?.['tool_calls']) ?? [];
  const call =
    tool === undefined ? asObject(message?.['function_call']) : (asObject(asObject(tool)?.['function']) ?? {});
  return call && (asString(call['name']) ?? '');
}
