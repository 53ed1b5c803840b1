import { readServerError, type ServerError } from './chunk.ts';
import { connectFailure } from '../network/connectFailure.ts';
import { CompletionError, type CompletionFailure } from './errors.ts';
import { htmlTitle, isHtml } from './html.ts';
import { parseJson } from '../shared/json.ts';
import { ProxyError } from '../network/proxyError.ts';
import { isAboutKey, refusal, refusedFor, reported } from './refusal.ts';
import type { SentCredential } from './request.ts';
import { TransportError } from '../network/transportError.ts';

/** A response that is no success, read whole. */
export interface FailedResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the failed request was, as far as the failure can be about it. */
export interface SentRequest {
  readonly url: string;
  readonly credential: SentCredential;
  /** Names of the body's fields. */
  readonly fields: readonly string[];
}

/**
 * The error that a status other than 2xx stands for.
 * @param now Milliseconds since 1970.
 */
export function responseError(response: FailedResponse, request: SentRequest, now: number): CompletionError {
  const { status, headers, body } = response;
  const serverError = readServerError(parseJson(body));
  const title = htmlTitle(body);
  const serverMessage = serverError?.message ?? title ?? (isHtml(body) ? undefined : body.trim());
  return new CompletionError(statusFailure(response, serverError, request, now), {
    url: request.url,
    status,
    responseId: serverError?.id ?? headers['x-request-id'] ?? headers['request-id'],
    serverMessage,
  });
}

/** The error that a request ended with that got no response, or not all of it. */
export function transportError(error: TransportError, url: string, received: Received): CompletionError {
  const { cause } = error;
  const status = cause instanceof ProxyError ? cause.status : received.status;
  return new CompletionError(transportFailure(error, received.partial), { ...received, status, url, cause });
}

/** The error with the request that it belongs to. */
export function locatedError(error: unknown, url: string, received: Received): unknown {
  if (error instanceof TransportError) return transportError(error, url, received);
  if (!(error instanceof CompletionError) || error.url !== undefined) return error;
  const { failure, responseId, serverMessage, cause } = error;
  const { status } = received;
  const isRefusal = failure.kind === 'errorObject' && !received.partial && serverMessage !== undefined;
  return new CompletionError(isRefusal ? reported({ message: serverMessage }) : failure, {
    url,
    status,
    responseId: responseId ?? received.responseId,
    serverMessage,
    cause,
  });
}

export interface Received {
  /** Whether something of the answer had come. */
  readonly partial: boolean;
  readonly status?: number | undefined;
  readonly responseId?: string | undefined;
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
  const told = serverError ?? { message: body };
  switch (status) {
    case 400:
    case 422:
      return isAboutKey(told) ? refusedCredential(request.credential) : refusal(told, request.fields);
    case 401:
      return refusedCredential(request.credential);
    case 403:
      // Only what an API says of itself counts: a gateway's page may hold any word.
      return (serverError && refusedFor(serverError)) ?? refusedCredential(request.credential);
    case 402:
      return { kind: 'noCredit' };
    case 404:
      return { kind: 'notFound' };
    case 413:
      return { kind: 'tooLarge' };
    case 429:
      // OpenAI's for an account without credit: no wait helps.
      return serverError?.code === 'insufficient_quota'
        ? { kind: 'noCredit' }
        : { kind: 'rateLimit', ...retryAt(headers, now) };
    default:
  }
  if (status >= 500) return { kind: 'serverError', ...retryAt(headers, now) };
  if (status >= 300 && status < 400) return { kind: 'redirect', ...redirectTarget(headers, request.url) };
  return { kind: 'unexpectedStatus' };
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

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAt(headers: FailedResponse['headers'], now: number): { retryAt?: number } {
  const value = headers['retry-after']?.trim() ?? '';
  const time = /^\d+(?:\.\d+)?$/.test(value) ? now + Number(value) * 1000 : timeOf(value);
  return Number.isFinite(time) ? { retryAt: time } : {};
}

/** RFC 9110, 5.6.7: of its three forms of a date, the one that ends with the year names no zone and means GMT. */
function timeOf(date: string): number {
  // Without a time of day it is something else, out of which `Date` makes what it likes.
  if (!/\d:\d\d:\d\d/.test(date)) return Number.NaN;
  return Date.parse(/ \d{4}$/.test(date) ? `${date} GMT` : date);
}
