import { isOptional } from './adaptation.ts';
import type { ServerError } from './chunk.ts';
import type { CompletionFailure } from './errors.ts';

/**
 * What a 400 or 422 is about: the length of the question, what it says, the account, a field, or none of these.
 * @param fields Names of the fields that were sent.
 */
export function refusal(error: ServerError, fields: readonly string[]): CompletionFailure {
  const { message, code = '', parameter: named = '' } = error;
  const parameter = words(named).find((word) => fields.includes(word));
  // A server that names `messages` may mean that they are too long.
  const isAboutField = parameter !== undefined && isOptional(parameter);
  const limit = limitFields.find((field) => fields.includes(field));
  if (!isAboutField) {
    if (limit !== undefined && leavesNoRoom(message)) return { kind: 'badRequest', parameter: limit };
    if (tooLong.test(`${code} ${message}`)) return { kind: 'tooLarge' };
    const other = refusedFor(error);
    if (other) return other;
  }
  // The message that wants another name mentions more than one; one that calls the number too large may as well.
  const mayRename =
    limit === 'max_tokens' && (parameter ?? limit) === limit && !/\btoo (?:large|high)\b/i.test(message);
  if (mayRename && message.includes('max_completion_tokens')) {
    return { kind: 'badRequest', parameter: 'max_tokens', replacement: 'max_completion_tokens' };
  }
  const refused = parameter ?? mentioned(message, fields);
  return { kind: 'badRequest', ...(refused !== undefined && { parameter: refused }) };
}

/** What an error is about that came in the place of an answer, behind a status of success. */
export function reported(error: ServerError): CompletionFailure {
  return tooLong.test(error.message) ? { kind: 'tooLarge' } : (refusedFor(error) ?? { kind: 'errorObject' });
}

/** What a refusal may be about whatever its status: what was asked, or the account. */
export function refusedFor({ message, code = '' }: ServerError): CompletionFailure | undefined {
  if (filtered.test(`${code} ${message}`)) return { kind: 'contentFilter' };
  return withoutCredit.test(message) ? { kind: 'noCredit' } : undefined;
}

/** Whether a 400 is about the key: Gemini and xAI say so with that status. */
export function isAboutKey({ message }: ServerError): boolean {
  return badKey.test(message);
}

/** The names under which a request limits its answer. */
const limitFields = ['max_tokens', 'max_completion_tokens'] as const;

/** In the message or the code of the error. `search_context_size` is a field of some servers. */
const tooLong =
  /\bcontext[ _-]?(?:length|window)|\bcontext size\b|\bmaximum context|prompt is too long|too many (?:input )?tokens/i;

const filtered = /\bcontent[ _](?:filter|policy|management policy)|\bflagged\b|\brequires moderation\b/i;

const withoutCredit = /\bcredits?\b|\bspending limit\b/i;

const badKey =
  /\b(?:incorrect|invalid|missing|no) api[ -]?key\b|\bapi[ -]?key (?:is )?(?:not (?:valid|found)|invalid|expired|missing)\b|\bauthorization header\b/i;

/**
 * Whether the question would fit by itself, and only the limit of the answer is too high beside it: the message counts
 * both, as OpenAI, OpenRouter and vLLM do.
 */
function leavesNoRoom(message: string): boolean {
  const most = /maximum context length is (\d+)/i.exec(message)?.[1];
  const asked = /(\d+) (?:in the messages|of text input|input tokens)/i.exec(message)?.[1];
  return most !== undefined && asked !== undefined && Number(asked) < Number(most);
}

/** A field among the words of a message. `model` and `messages` are words of every refusal, so they come last. */
function mentioned(message: string, fields: readonly string[]): string | undefined {
  const mentions = words(message);
  const likeliest = [...fields.filter(isOptional), 'stream', 'messages', 'model'];
  return likeliest.find((field) => fields.includes(field) && mentions.includes(field));
}

function words(text: string): readonly string[] {
  return text.split(/[^\w-]+/);
}
