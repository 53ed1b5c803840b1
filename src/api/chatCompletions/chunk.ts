import type { CompletionMetadata, FinishReason, Usage } from '../../shared/answer.ts';
import { asArray, asObject, asString, asText } from '../../shared/json.ts';
import { firstField, looseList, looseNumber } from '../fields.ts';
import { dialects, type Found } from '../sources/dialects.ts';
import { readUsage } from '../usage.ts';
import { readContent, type Content } from './content.ts';
import { readFinishReason } from './finishReason.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What one object of a response says of the completion; an absent field says nothing. */
export interface Chunk {
  readonly metadata: CompletionMetadata;
  /** The sources, by the rank of the way in which the server names them. */
  readonly sources: readonly (readonly [rank: number, found: Found])[];
  readonly usage: Usage | undefined;
  /** A piece to append. */
  readonly delta: Content | undefined;
  /** The whole so far. */
  readonly message: Content | undefined;
  readonly finishReason: FinishReason | 'failed' | undefined;
  /** Name of a tool that is called, empty if it has none. */
  readonly tool: string | undefined;
  /** Where OpenRouter tells what happened to the provider behind it. */
  readonly error: unknown;
}

/** The choices of an object of a response; absent: it is no part of a completion. */
export function choicesOf(object: Fields): readonly Fields[] | undefined {
  const choices = object['choices'];
  if (choices === undefined || choices === null) return undefined;
  return looseList(choices)
    .map(asObject)
    .filter((choice) => choice !== undefined);
}

/**
 * @param choice The one that is read; absent: the object has none.
 * @param model The one that was asked, as far as known.
 */
export function readChunk(object: Fields, choice: Fields | undefined, model = ''): Chunk {
  const delta = messageOf(choice?.['delta']) ?? messageOf(choice?.['text']);
  const message = messageOf(choice?.['message']);
  return {
    metadata: readMetadata(object, choice, delta ?? message),
    sources: readSources(object, choice, [delta, message], asText(object['model']) ?? model),
    usage: usageOf(object, choice),
    delta: delta && readContent(delta),
    message: message && readContent(message),
    finishReason: readFinishReason(
      firstField(choice, 'finish_reason', 'finishReason') ?? firstField(delta, 'finish_reason', 'stop_reason'),
    ),
    tool: readTool(delta) ?? readTool(message),
    error: choice?.['error'],
  };
}

function usageOf(object: Fields, choice: Fields | undefined): Usage | undefined {
  // Moonshot's, Groq's and Mistral's places for it are the later ones.
  return readUsage(object['usage']) ?? readUsage(choice?.['usage']) ?? readUsage(asObject(object['x_groq'])?.['usage']);
}

function readSources(
  object: Fields,
  choice: Fields | undefined,
  messages: readonly (Fields | undefined)[],
  model: string,
): Chunk['sources'] {
  if (isPlain(object, choice, messages)) return none;
  const [message, other] = messages.filter((each) => each !== undefined);
  const found: [number, Found][] = [];
  for (const [rank, dialect] of dialects.entries()) {
    const sources =
      dialect.read({ object, choice, message, model }) ??
      (other && dialect.read({ object, choice, message: other, model }));
    if (sources) found.push([rank, sources]);
  }
  return found;
}

const none: Chunk['sources'] = [];

/** Whether there are but the fields that every chunk has: most hold a piece of the text alone. */
function isPlain(object: Fields, choice: Fields | undefined, messages: readonly (Fields | undefined)[]): boolean {
  for (const name in object) if (!commonFields.has(name)) return false;
  for (const name in choice) if (!commonFields.has(name)) return false;
  for (const message of messages) {
    for (const name in message) if (!commonFields.has(name)) return false;
    if (asArray(message?.['content'])) return false;
  }
  return true;
}

const commonFields: ReadonlySet<string> = new Set([
  'choices',
  'content',
  'created',
  'delta',
  'finish_reason',
  'id',
  'index',
  'logprobs',
  'message',
  'model',
  'object',
  'reasoning',
  'reasoning_content',
  'refusal',
  'role',
  'service_tier',
  'system_fingerprint',
  'tool_calls',
  'usage',
]);

/** A message; where it is a text, that is its content. */
function messageOf(value: unknown): Fields | undefined {
  return typeof value === 'string' ? { content: value } : asObject(value);
}

function readMetadata(object: Fields, choice: Fields | undefined, message: Fields | undefined): CompletionMetadata {
  const id = asText(object['id']);
  const model = asText(object['model']);
  const kind = asText(object['object']);
  const created = looseNumber(object['created']);
  const role = asText(message?.['role']);
  const index = looseNumber(choice?.['index']);
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(kind !== undefined && { object: kind }),
    ...(created !== undefined && { created }),
    ...(role !== undefined && { role }),
    ...(index !== undefined && { index }),
  };
}

/** A call has a name, arguments or an id: some servers send the fields of one empty beside the text. */
function readTool(message: Fields | undefined): string | undefined {
  const calls = looseList(message?.['tool_calls']).map(asObject);
  const called = calls.find(
    (call) => call && (hasCall(asObject(call['function'])) || asText(call['id']) !== undefined),
  );
  if (called) return asString(asObject(called['function'])?.['name']) ?? '';
  const old = asObject(message?.['function_call']);
  return hasCall(old) ? (asString(old?.['name']) ?? '') : undefined;
}

function hasCall(call: Fields | undefined): boolean {
  return firstField(call, 'name', 'arguments') !== undefined;
}
