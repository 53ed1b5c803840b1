import { asArray, asObject, asText, parseJson } from '../shared/json.ts';
import { looseFields, looseNumber } from './fields.ts';

/** An error as a server reports it. */
export interface ServerError {
  /** In the server's words, those of the provider behind it among them. */
  readonly message: string;
  /** The names and numbers by which the server calls this kind of error, in lower case; the most specific last. */
  readonly codes: readonly string[];
  /** The HTTP status that one of them is, which may differ from the response's own. */
  readonly status?: number | undefined;
  /** The fields that the error is about, or the ways to places in them. */
  readonly parameters: readonly string[];
  readonly id?: string | undefined;
  /** All that the server sent, for what else it may say. */
  readonly body: unknown;
}

/**
 * Reads the shapes in which servers report errors: `{"error": {…}}`, `{"error": "text"}`, `{"detail": …}`,
 * `{"message": …}`, `{"base_resp": {…}}` and their kin, and any of them as an item of a list or as a text of JSON.
 */
export function readServerError(value: unknown): ServerError | undefined {
  const list = asArray(value);
  if (list) return asArray(list[0]) ? undefined : readServerError(list[0]);
  const found = new Findings();
  if (!asObject(value)) return undefined;
  found.collect(value, 0);
  const message = found.message ?? found.codes.findLast((code) => /[a-z]/.test(code));
  if (message === undefined && !found.hasError) return undefined;
  const fields = looseFields(value);
  return {
    message: message ?? JSON.stringify(value),
    codes: found.codes,
    status: found.status,
    parameters: found.parameters,
    id: asText(fields.get('id')) ?? asText(fields.get('requestid')),
    body: value,
  };
}

/**
 * Whether an object that came where an answer was expected reports an error. Empty fields beside a text do not, and a
 * message that says of itself that it is something else does not either.
 */
export function isErrorReport(value: unknown, event: string | undefined): boolean {
  const fields = looseFields(value);
  for (const name of ['error', 'errors', 'err', 'errorcode', 'errcode', 'errormsg', 'errormessage']) {
    if (isError(fields.get(name))) return true;
  }
  const base = looseFields(fields.get('baseresp'));
  if (isFailure(base.get('statuscode') ?? base.get('code'))) return true;
  if (fields.has('choices') && asArray(fields.get('choices'))) return false;
  if (event === 'error') return true;
  if (detailOf(fields) !== undefined) return true;
  for (const wrapper of ['response', 'responsemetadata', 'header']) {
    const inner = looseFields(fields.get(wrapper));
    if (isError(inner.get('error')) || (wrapper === 'header' && isFailure(inner.get('code')))) return true;
  }
  if (asText(fields.get('message') ?? fields.get('msg')) === undefined) return false;
  if (fields.get('success') === false || isFailure(fields.get('code'))) return true;
  const names = ['type', 'event', 'kind', 'status', 'object', 'stage'].map((name) => fields.get(name));
  const named = names.filter((name) => name !== undefined && name !== null && name !== '');
  return named.length === 0 || named.some((name) => isFailure(name));
}

/** Whether a field called `error` holds one. */
function isError(value: unknown): boolean {
  if (typeof value === 'string')
    return value.trim() !== '' && !/^(?:none|null|false|ok|success|0)$/i.test(value.trim());
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'boolean') return value;
  const list = asArray(value);
  if (list) return list.some(isError);
  return Object.values(asObject(value) ?? {}).some((field) => isError(field));
}

/** Whether a code or a state is one of failure: a status from 400, or a name that says so. */
function isFailure(value: unknown): boolean {
  const number = looseNumber(value);
  if (number !== undefined) return number !== 0 && !(number >= 100 && number < 400);
  return typeof value === 'string' && /error|exception|fail|invalid|denied|exceeded|insufficient|limit/i.test(value);
}

function detailOf(fields: ReadonlyMap<string, unknown>): unknown {
  const detail = fields.get('detail');
  return isError(detail) ? detail : undefined;
}

const texts = [
  'message',
  'msg',
  'errormessage',
  'errormsg',
  'errmsg',
  'statusmsg',
  'errordescription',
  'description',
  'title',
];
const codeNames = ['type', 'errortype', 'status', 'httpcode', 'statuscode', 'code', 'errorcode', 'errcode', 'reason'];
const places = ['param', 'parameter', 'loc', 'location', 'path', 'field', 'property', 'keys', 'unrecognizedkeys'];
/** What an error may be wrapped into, and what may explain it further, the outer first. */
const inside = [
  'response',
  'responsemetadata',
  'header',
  'baseresp',
  'error',
  'err',
  'errors',
  'detail',
  'details',
  'issues',
  'fieldviolations',
  'innererror',
  'metadata',
  'raw',
  'cause',
];

const deepest = 6;

/** What the parts of an error say. */
class Findings {
  readonly codes: string[] = [];
  readonly parameters: string[] = [];
  readonly #messages: string[] = [];
  status: number | undefined;
  hasError = false;

  get message(): string | undefined {
    return this.#messages.length === 0 ? undefined : this.#messages.join(': ');
  }

  collect(value: unknown, depth: number): void {
    if (depth > deepest) return;
    const list = asArray(value);
    if (list) {
      for (const item of list.slice(0, 20)) this.collect(item, depth + 1);
      return;
    }
    if (typeof value === 'string') {
      const parsed = /^\s*[{[]/.test(value) ? parseJson(value) : undefined;
      if (parsed === undefined) this.#say(value);
      else this.collect(parsed, depth + 1);
      return;
    }
    if (!asObject(value)) return;
    const fields = looseFields(value);
    this.#say(texts.map((name) => fields.get(name)).find((text) => asText(text) !== undefined));
    for (const name of codeNames) this.#code(fields.get(name));
    for (const name of places) this.#place(fields.get(name));
    if (fields.has('contentfilter')) this.codes.push('content_filter');
    for (const name of inside) {
      const part = fields.get(name);
      if (part === undefined || part === null || part === '' || part === true) continue;
      this.hasError ||= name !== 'metadata';
      this.collect(part, depth + 1);
    }
  }

  #say(text: unknown): void {
    const words = asText(text)?.trim() ?? '';
    if (words === '' || this.#messages.some((message) => message.includes(words))) return;
    const shorter = this.#messages.findIndex((message) => words.includes(message));
    if (shorter >= 0) this.#messages[shorter] = words;
    else this.#messages.push(words);
  }

  #code(value: unknown): void {
    const number = looseNumber(value);
    if (number !== undefined && number >= 400 && number < 600) this.status ??= number;
    const code = typeof value === 'string' ? value.trim().toLowerCase() : (number?.toString() ?? '');
    if (code !== '' && code !== '0' && !this.codes.includes(code)) this.codes.push(code);
  }

  #place(value: unknown): void {
    const place =
      asArray(value)
        ?.filter((part) => typeof part !== 'object')
        .join('.') ?? asText(value);
    if (place !== undefined && place !== '') this.parameters.push(place);
  }
}
