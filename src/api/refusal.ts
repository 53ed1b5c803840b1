import { isOptional } from './adaptation.ts';
import type { ServerError } from './chunk.ts';
import type { CompletionFailure } from './errors.ts';

/**
 * What a 400 or 422 is about: the length of the question, a field, or neither.
 * @param fields Names of the fields that were sent.
 */
export function refusal(
  { message, code = '', parameter: named = '' }: ServerError,
  fields: readonly string[],
): CompletionFailure {
  const parameter = words(named).find((word) => fields.includes(word));
  // A server that names `messages` may mean that they are too long.
  const isAboutField = parameter !== undefined && isOptional(parameter);
  if (!isAboutField && tooLong.test(`${code} ${message}`)) return { kind: 'tooLarge' };
  // The message that wants another name mentions more than one.
  const mayRename = fields.includes('max_tokens') && (parameter ?? 'max_tokens') === 'max_tokens';
  if (mayRename && message.includes('max_completion_tokens')) {
    return { kind: 'badRequest', parameter: 'max_tokens', replacement: 'max_completion_tokens' };
  }
  const refused = parameter ?? mentioned(message, fields);
  return { kind: 'badRequest', ...(refused !== undefined && { parameter: refused }) };
}

/** In the message or the code of the error. `search_context_size` is a field of some servers. */
const tooLong =
  /\bcontext[ _-]?(?:length|window)|\bcontext size\b|\bmaximum context|prompt is too long|too many (?:input )?tokens/i;

/** A field among the words of a message. `model` and `messages` are words of every refusal, so they come last. */
function mentioned(message: string, fields: readonly string[]): string | undefined {
  const mentions = words(message);
  const likeliest = [...fields.filter(isOptional), 'stream', 'messages', 'model'];
  return likeliest.find((field) => fields.includes(field) && mentions.includes(field));
}

function words(text: string): readonly string[] {
  return text.split(/[^\w-]+/);
}
