import { connectFailure } from '../network/connectFailure.ts';
import { ProxyError } from '../network/proxyError.ts';
import { TransportError } from '../network/transportError.ts';
import { parseJson } from '../shared/json.ts';
import type { ErrorMeaning } from './errorCodes.ts';
import { CompletionError, type CompletionFailure } from './errors.ts';
import { htmlTitle, isHtml } from './html.ts';
import { meaningOf, refusal } from './refusal.ts';
import type { SentCredential } from './request.ts';
import { readServerError, type ServerError } from './serverError.ts';
import { retryTime } from './waits.ts';

/** A response that is no success, read whole. */
export interface FailedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The parts of a request that can explain its failure. */
export interface SentRequest {
  readonly url: string;
  readonly credential: SentCredential;
  /** Names of the body's fields. */
  readonly fields: readonly string[];
}

export interface Received {
  /** Whether something of the answer had come. */
  readonly partial: boolean;
  readonly status?: number | undefined;
  readonly responseId?: string | undefined;
}

/**
 * The error that a status other than 2xx stands for.
 * @param now Milliseconds since 1970.
 */
export function responseError(response: FailedResponse, request: SentRequest, now: number): CompletionError {
  const { status, headers, body } = response;
  const serverError = readServerError(parseJson(body));
  const serverMessage = serverError?.message ?? htmlTitle(body) ?? (isHtml(body) ? undefined : body.trim());
  return new CompletionError(statusFailure(response, serverError, request, now), {
    url: request.url,
    status,
    responseId: serverError?.id ?? headers['x-request-id'] ?? headers['request-id'],
    serverMessage,
  });
}

/** The error of a request that got no response, or not all of it. */
export function transportError(error: TransportError, url: string, received: Received): CompletionError {
  const { cause } = error;
  const status = cause instanceof ProxyError ? cause.status : received.status;
  return new CompletionError(transportFailure(error, received.partial), { ...received, status, url, cause });
}

/** The error with the request that it belongs to. */
export function locatedError(error: unknown, request: SentRequest, received: Received): unknown {
  const { url } = request;
  if (error instanceof TransportError) return transportError(error, url, received);
  if (!(error instanceof CompletionError) || error.url !== undefined) return error;
  const { failure, responseId, serverMessage, reported, cause } = error;
  return new CompletionError(reported ? reportedFailure(reported, request, received.partial) : failure, {
    url,
    status: received.status,
    responseId: responseId ?? received.responseId,
    serverMessage,
    cause,
  });
}

/** What an error is about that came with a status of success, in place of an answer or in the middle of one. */
function reportedFailure(error: ServerError, request: SentRequest, partial: boolean): CompletionFailure {
  const failure = errorFailure(error, error.status, {}, request, Date.now());
  // What had begun was not refused, and is not too long: only what may end an answer at any time ends one.
  if (partial && !['contentFilter', 'noCredit', 'rateLimit', 'serverError'].includes(failure.kind)) {
    return { kind: 'errorObject' };
  }
  return failure.kind === 'unexpectedStatus' || (failure.kind === 'badRequest' && failure.parameter === undefined)
    ? { kind: 'errorObject' }
    : failure;
}

function transportFailure({ phase, cause, seconds }: TransportError, partial: boolean): CompletionFailure {
  switch (phase) {
    case 'connect':
      return { kind: 'cannotConnect', ...connectFailure(cause) };
    case 'connectTimeout':
      return { kind: 'cannotConnect', reason: 'timeout' };
    case 'firstByteTimeout':
      return { kind: 'firstByteTimeout', seconds };
    case 'stalled':
      return { kind: 'stalled', seconds };
    case 'lost':
      return { kind: 'connectionLost', partial };
    default:
      return phase satisfies never;
  }
}

function statusFailure(
  { status, headers, body }: FailedResponse,
  serverError: ServerError | undefined,
  request: SentRequest,
  now: number,
): CompletionFailure {
  if (status >= 300 && status < 400) return { kind: 'redirect', ...redirectTarget(headers, request.url) };
  // A gateway's page may hold any word; at these it stands before the API, and knows nothing of a key.
  if (!serverError && isHtml(body) && (status === 403 || headers['cf-mitigated'] !== undefined)) {
    const title = htmlTitle(body);
    return { kind: 'notCompletion', content: 'html', ...(title !== undefined && { title }) };
  }
  const words = isHtml(body) || parseJson(body) !== undefined ? '' : body.trim();
  const error = serverError ?? { message: words, codes: [], parameters: [], body: undefined };
  return errorFailure(error, status, headers, request, now);
}

/** By what the error says of itself, then by its status. */
function errorFailure(
  error: ServerError,
  status: number | undefined,
  headers: FailedResponse['headers'],
  request: SentRequest,
  now: number,
): CompletionFailure {
  const retryAt = (): { retryAt?: number } => {
    const time = retryTime(headers, error, now);
    return time === undefined ? {} : { retryAt: time };
  };
  const meaning = meaningOf(error);
  if (status === 400 || status === 422) {
    const refused = refusal(error, request.fields);
    if (refused.kind !== 'badRequest' || refused.parameter !== undefined || meaning === undefined) return refused;
  }
  // An account may be without credit, or over a limit that a wait helps against: then the server names the wait.
  if (status === 429 && meaning !== 'tooLarge') {
    const wait = retryAt();
    const isPoor = meaning === 'noCredit' && (wait.retryAt === undefined || error.codes.some(isPoverty));
    if (!isPoor) return { kind: 'rateLimit', ...wait };
  }
  if (meaning !== undefined && (status === undefined || !isVague(meaning, status))) {
    return meaningFailure(meaning, status, request.credential, retryAt);
  }
  return status === undefined ? { kind: 'errorObject' } : byStatus(status, error, request.credential, retryAt);
}

/** Codes that no wait helps against. */
function isPoverty(code: string): boolean {
  return code !== 'resource_exhausted' && meaningOf({ codes: [code], message: '' }) === 'noCredit';
}

/** Whether the status knows more: a server that fails may quote anything, and calls any error one of its own. */
function isVague(meaning: ErrorMeaning, status: number): boolean {
  if (status >= 500) return ['keyRefused', 'notFound', 'unknownModel', 'forbidden'].includes(meaning);
  return meaning === 'serverError' && status >= 400;
}

function meaningFailure(
  meaning: ErrorMeaning,
  status: number | undefined,
  credential: SentCredential,
  retryAt: () => { retryAt?: number },
): CompletionFailure {
  switch (meaning) {
    case 'keyRefused':
      return refusedCredential(credential);
    case 'rateLimit':
    case 'serverError':
      return { kind: meaning, ...retryAt() };
    case 'overloaded':
      return { kind: 'serverError', busy: true, ...retryAt() };
    case 'forbidden':
      // Without a key, that may be all that is missing.
      return credential.kind === 'none' && (status === 401 || status === 403)
        ? refusedCredential(credential)
        : { kind: 'forbidden' };
    case 'noCredit':
    case 'unknownModel':
    case 'notFound':
    case 'retired':
    case 'tooLarge':
    case 'contentFilter':
      return { kind: meaning };
    default:
      return meaning satisfies never;
  }
}

function byStatus(
  status: number,
  { message, codes }: ServerError,
  credential: SentCredential,
  retryAt: () => { retryAt?: number },
): CompletionFailure {
  switch (status) {
    case 401:
      return refusedCredential(credential);
    case 403:
      return credential.kind === 'none' || message === '' || /key|token|credential|auth|permission/i.test(message)
        ? refusedCredential(credential)
        : { kind: 'forbidden' };
    case 402:
      return { kind: 'noCredit' };
    case 404:
      return { kind: 'notFound', ...(codes.length > 0 && message !== '' && { said: true }) };
    case 408:
    case 425:
      return { kind: 'serverError', ...retryAt() };
    case 413:
      return { kind: 'tooLarge' };
    case 498:
      return { kind: 'serverError', busy: true, ...retryAt() };
    default:
      return status >= 500 ? { kind: 'serverError', ...retryAt() } : { kind: 'unexpectedStatus' };
  }
}

function refusedCredential(credential: SentCredential): CompletionFailure {
  switch (credential.kind) {
    case 'none':
      return { ...credential, kind: 'noKey' };
    case 'key':
      return { kind: 'keyRefused' };
    case 'header':
      return { ...credential, kind: 'headerRefused' };
    default:
      return credential satisfies never;
  }
}

function redirectTarget(headers: FailedResponse['headers'], url: string): { target?: string } {
  const location = headers['location'];
  if (location === undefined) return {};
  return { target: URL.parse(location, url)?.href ?? location };
}
