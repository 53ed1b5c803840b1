import { checkParameter, type ParameterName, parameters, type PenaltyRange } from '../../src/shared/parameters.ts';
import { translator } from '../../src/shared/l10n.ts';
import { Refusal } from './refusal.ts';

/** A request body that is as documented. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Largest number of completion tokens. */
  readonly maxTokens: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * Reads a request body. Fields that the API does not document are ignored, as real servers do.
 * @throws {Refusal} 400 with the name of the first field that is missing, of the wrong type or out of range.
 */
export function validate(body: unknown, penaltyRange: PenaltyRange = 'documented'): ChatRequest {
  if (!isObject(body)) {
    throw new Refusal(400, 'The body must be a JSON object.');
  }
  for (const { name } of parameters) {
    checkNumber(name, body[name], penaltyRange);
  }
  const {
    model,
    messages,
    stream,
    stream_options: streamOptions,
    max_tokens: maxTokens,
    max_completion_tokens: renamed,
  } = body;
  if (typeof model !== 'string' || model === '') {
    throw wrong('model', 'a string that is not empty');
  }
  if (stream !== undefined && typeof stream !== 'boolean') {
    throw wrong('stream', 'a boolean');
  }
  if (streamOptions !== undefined && (!isObject(streamOptions) || stream !== true)) {
    throw wrong('stream_options', 'an object, and only with stream');
  }
  return {
    model,
    messages: checkedMessages(messages),
    maxTokens: Math.min(...[maxTokens, renamed].map((limit) => (typeof limit === 'number' ? limit : Infinity))),
    stream: stream === true,
    includeUsage: isObject(streamOptions) && streamOptions['include_usage'] === true,
  };
}

const english = translator();

function checkNumber(name: ParameterName, value: unknown, penaltyRange: PenaltyRange): void {
  const complaint = value === undefined ? undefined : checkParameter(name, value, penaltyRange, english);
  if (complaint !== undefined) {
    throw new Refusal(400, complaint, { param: name, code: 'invalid_value' });
  }
}

/** The order is documented: the system prompt first, then user and assistant alternate, and the user speaks last. */
function checkedMessages(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages) || !messages.every(isMessage)) {
    throw wrong('messages', 'an array of { role: system | user | assistant, content: string }');
  }
  const turns = messages[0]?.role === 'system' ? messages.slice(1) : messages;
  if (turns.length % 2 === 0 || turns.some(({ role }, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) {
    throw wrong('messages', 'one system message at most, then user and assistant in turn, ending with user');
  }
  return messages;
}

function isMessage(value: unknown): value is ChatMessage {
  return (
    isObject(value) &&
    (value['role'] === 'system' || value['role'] === 'user' || value['role'] === 'assistant') &&
    typeof value['content'] === 'string'
  );
}

function wrong(param: string, expected: string): Refusal {
  return new Refusal(400, `'${param}' must be ${expected}.`, { param, code: 'invalid_value' });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
