import { decodeStream } from './decode.ts';
import { CompletionError, maskedError } from './errors.ts';
import type { CompletionEvent } from './events.ts';
import { responseError, transportError, type Received, type SentRequest } from './failures.ts';
import { asObject, parseJson } from './json.ts';
import type { Profile } from './profile.ts';
import { buildRequest, type HttpRequest } from './request.ts';
import { retryDelay, sleep } from './retry.ts';
import type { HttpResponse, Transport } from './transport.ts';
import { TransportError } from './transportError.ts';
import type { Message } from './types.ts';

export interface CompletionRequest {
  readonly profile: Profile;
  readonly apiKey: string | undefined;
  /** Oldest first. */
  readonly messages: readonly Message[];
}

/**
 * Asks for a completion and tells what happens until it is complete. Leaving the loop closes the connection.
 * @throws CompletionError, after all that came before it was told; when `signal` aborts, its reason.
 */
export async function* complete(
  { profile, apiKey, messages }: CompletionRequest,
  transport: Transport,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent, void> {
  signal.throwIfAborted();
  if (apiKey !== undefined && !/^[\u0021-\u007e]*$/.test(apiKey)) throw new CompletionError({ kind: 'unusableKey' });
  const request = buildRequest(profile, messages, apiKey);
  const secrets = [apiKey ?? '', ...Object.values(profile.headers)];
  for (let retries = 0; ; retries++) {
    try {
      yield* readAnswer(await send(request, transport, signal), request.url, signal);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CompletionError)) throw error;
      const shown = maskedError(error, secrets);
      const delay = retryDelay(shown, retries, Date.now(), Math.random());
      if (delay === undefined) throw shown;
      yield { type: 'retry', delay, error: shown };
      await sleep(delay, signal);
    }
  }
}

/** @throws CompletionError unless the server says that an answer follows. */
async function send(request: HttpRequest, transport: Transport, signal: AbortSignal): Promise<HttpResponse> {
  try {
    const response = await transport.send(request, signal);
    const { status, headers } = response;
    if (status >= 200 && status < 300) return response;
    throw responseError({ status, headers, body: await readText(response.body) }, sentRequest(request), Date.now());
  } catch (error) {
    throw located(error, request.url, { partial: false });
  }
}

async function* readAnswer(
  { status, body }: HttpResponse,
  url: string,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent, void> {
  let received: Received = { partial: false, status };
  try {
    for await (const event of decodeStream(body)) {
      signal.throwIfAborted();
      if (event.type === 'metadata') received = { ...received, responseId: event.metadata.id };
      else if (event.type === 'text' || event.type === 'reasoning') received = { ...received, partial: true };
      yield event;
    }
  } catch (error) {
    throw located(error, url, received);
  }
}

/** The error with the request that it belongs to. */
function located(error: unknown, url: string, received: Received): unknown {
  if (error instanceof TransportError) return transportError(error, url, received);
  if (!(error instanceof CompletionError) || error.url !== undefined) return error;
  const { failure, responseId, serverMessage, cause } = error;
  const { status } = received;
  return new CompletionError(failure, {
    url,
    status,
    responseId: responseId ?? received.responseId,
    serverMessage,
    cause,
  });
}

function sentRequest({ url, headers, body }: HttpRequest): SentRequest {
  return {
    url,
    hasKey: headers['Authorization'] !== undefined,
    fields: Object.keys(asObject(parseJson(body)) ?? {}),
  };
}

/** The start of a body, as far as it comes. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > longestErrorBody) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}

/** In UTF-16 code units. */
const longestErrorBody = 64 * 1024;
