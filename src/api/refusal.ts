import { isOptional } from './adaptation.ts';
import { codeMeaning, type ErrorMeaning } from './errorCodes.ts';
import type { CompletionFailure } from './errors.ts';
import type { ServerError } from './serverError.ts';

/** What an error is about, by its codes, else by its words; absent: it does not say. */
export function meaningOf({ codes, message }: Pick<ServerError, 'codes' | 'message'>): ErrorMeaning | undefined {
  const meaning = codeMeaning(codes);
  // Limits by the minute are told with this code, too, where one request alone is above them.
  if (meaning === 'rateLimit' && isAboveLimit(message)) return 'tooLarge';
  return meaning === undefined || meaning === 'serverError' ? (phraseMeaning(message) ?? meaning) : meaning;
}

/**
 * What a 400 or 422 is about: a field, the length of the question, what it says, the account, or none of these.
 * @param fields Names of the fields that were sent.
 */
export function refusal(error: ServerError, fields: readonly string[]): CompletionFailure {
  const { message } = error;
  const parameter = error.parameters.flatMap(words).find((word) => fields.includes(word));
  // A server that names `messages` may mean that they are too long.
  const isAboutField = parameter !== undefined && isOptional(parameter);
  const limit = limitFields.find((field) => fields.includes(field));
  if (!isAboutField) {
    if (limit !== undefined && leavesNoRoom(message)) return { kind: 'badRequest', parameter: limit };
    const meaning = meaningOf(error);
    if (meaning === 'tooLarge' && !(codeMeaning(error.codes) === undefined && isAboutLimit(message, limit))) {
      return { kind: 'tooLarge' };
    }
    if (meaning === 'contentFilter' || meaning === 'noCredit' || meaning === 'unknownModel') return { kind: meaning };
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

/** The names under which a request limits its answer. */
const limitFields = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'] as const;

/** Phrases of servers whose codes say nothing, the surest first. */
const phrases: readonly (readonly [RegExp, ErrorMeaning])[] = [
  [
    /\bcontent[ _](?:filter|policy|management policy|exists risk)|\bflagged\b|\brequires moderation\b|\bhigh risk\b|\binappropriate content\b|敏感|违规/i,
    'contentFilter',
  ],
  [
    /\bno credits?\b|\bcredits?\b|\bspending limit\b|\binsufficient (?:account )?(?:balance|funds|quota)\b|\bquota is not enough\b|\bout of (?:funds|credit)|\bbilling\b|\bpayment required\b|\bbudget (?:has been )?exceeded\b|余额不足|欠费|充值/i,
    'noCredit',
  ],
  [
    /\b(?:incorrect|invalid|missing|no) api[ -]?key\b|\bapi[ -]?key (?:is )?(?:not (?:valid|found)|invalid|expired|missing)\b|\bauthorization header\b/i,
    'keyRefused',
  ],
  [
    /\b(?:country|region|territory|location)\b.{0,40}\bnot (?:supported|available|allowed)\b|\bnot available in your (?:country|region)\b/i,
    'forbidden',
  ],
  [
    /\bmodel\b.{0,100}\b(?:does not exist|doesn't exist|not exist|not found|is not (?:supported|available))|\b(?:unknown|no such) model\b/i,
    'unknownModel',
  ],
  [
    /\bunexpected endpoint\b|\b(?:invalid|unknown|no such) (?:url|path|route|endpoint)\b|\bno route\b|\bcannot (?:post|get) \//i,
    'notFound',
  ],
];

function phraseMeaning(message: string): ErrorMeaning | undefined {
  if (/\bSonar is now the Agent API\b/i.test(message)) return 'retired';
  if (isAboveLimit(message)) return 'tooLarge';
  const phrase = phrases.find(([pattern]) => pattern.test(message));
  if (phrase) return phrase[1];
  return isTooLong(message) ? 'tooLarge' : undefined;
}

/** Whether one request is above a limit that is counted by time: “Limit 30000, Requested 37313”. */
function isAboveLimit(message: string): boolean {
  const limit = /\blimit:? (\d+)\b/i.exec(message);
  const asked = limit && /\brequested:? (\d+)/i.exec(message.slice(limit.index));
  return Number(asked?.[1]) > Number(limit?.[1]);
}

/** Whether the message says of the question, counted in tokens or as a whole, that there is too much of it. */
function isTooLong(message: string): boolean {
  if (knownPhrase.test(message)) return true;
  const text = message.replaceAll(/\bmax_\w+/gi, '');
  return subject.test(text) && excess.test(text) && !/\b(?:per|rate|images?|files?|stop|tools?)\b/i.test(text);
}

/** `search_context_size` is a field of some servers. */
const knownPhrase =
  /\bcontext[ _-]?(?:length|window)|\bcontext size\b|\bmaximum context|\bmaximum prompt length\b|prompt is too long|too many (?:input )?tokens|\breduce the length of the (?:messages|prompt|input)/i;
const subject =
  /\b(?:(?:input|prompt) tokens?|(?:prompt|input)s?\b.{0,30}\b(?:length|tokens?|long|limit)|tokens? count|token count|`?inputs`? (?:tokens|must have)|(?:prompt|input|conversation|question|messages?) (?:is|are|exceeds?))/i;
const excess =
  /\bexceed(?:s|ed)?\b|\btoo (?:long|large|big)\b|<=|\bless than\b|\bat most\b|\babove the\b|\blonger than\b/i;

/** Whether the words are about the limit of the answer, which they name. */
function isAboutLimit(message: string, limit: string | undefined): boolean {
  return limit !== undefined && words(message).includes(limit) && !/\bcontext\b|\bprompt\b|\binput/i.test(message);
}

/**
 * Whether the question would fit by itself, and only the limit of the answer is too high beside it: the message counts
 * both, as OpenAI, OpenRouter and vLLM do.
 */
function leavesNoRoom(message: string): boolean {
  const most = /maximum context length is (\d+)/i.exec(message)?.[1];
  const asked = /\b(\d+) (?:in the messages|of text input|input tokens)/i.exec(message)?.[1];
  return most !== undefined && asked !== undefined && Number(asked) < Number(most);
}

/**
 * A field among the words of a message. `model`, `messages` and `input` are words of every refusal: they count in
 * quotation marks alone, and last.
 */
function mentioned(message: string, fields: readonly string[]): string | undefined {
  const mentions = words(message);
  const optional = fields.find((field) => isOptional(field) && mentions.includes(field));
  if (optional !== undefined) return optional;
  if (fields.includes('stream') && /\bstream(?:ing)?\b/i.test(message)) return 'stream';
  return ['messages', 'model', 'input'].find(
    // linear: the field is one of these three words.
    (field) => fields.includes(field) && new RegExp(`["'\`‘“]${field}["'\`’”]`, 'i').test(message),
  );
}

function words(text: string): readonly string[] {
  return text.split(/[^\w-]+/);
}
