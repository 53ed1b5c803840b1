import { CompletionError } from './errors.ts';
import { maskedError } from './mask.ts';
import type { CompletionEvent } from './events.ts';
import type { Received } from './failures.ts';
import type { CompletionRequest } from './request.ts';
import type { AnswerReader } from './wire.ts';
import { retryDelay, Wait } from './retry.ts';
import type { HttpResponse, Transport } from '../network/transport.ts';

/**
 * Asks for a completion and tells what happens until it is complete. Leaving the loop closes the connection.
 * @throws CompletionError, after all that came before it was told; when `signal` aborts, its reason.
 */
export async function* complete(
  request: CompletionRequest,
  transport: Transport,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent, void> {
  let hasBegun = false;
  for (let retries = 0; ; retries++) {
    try {
      for await (const event of completeOnce(request, transport, signal)) {
        hasBegun ||= event.type === 'text' || event.type === 'reasoning';
        yield event;
      }
      return;
    } catch (error) {
      if (!(error instanceof CompletionError) || hasBegun) throw error;
      const delay = retryDelay(error, retries, Date.now(), Math.random());
      if (delay === undefined) throw error;
      const wait = new Wait(delay, signal);
      yield { type: 'retry', delay, error, skip: () => wait.skip() };
      await wait.over;
    }
  }
}

/** Asks as `complete` does, but never again by itself. */
export async function* completeOnce(
  request: CompletionRequest,
  transport: Transport,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent, void> {
  signal.throwIfAborted();
  try {
    // Loaded with the first question, while its answer is on the way.
    const decoding = Promise.all([import('./decode.ts'), import('./boundedAnswer.ts'), createReader(request)]);
    const response = await send(request, transport, signal);
    const [{ decodeStream }, { boundedAnswer }, reader] = await decoding;
    const events = boundedAnswer(response.body, (bytes) => decodeStream(bytes, reader));
    yield* readAnswer(response, events, request, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CompletionError ? maskedError(error, request.secrets) : error;
  }
}

/** @throws CompletionError unless the server says that an answer follows; nothing is masked yet. */
export async function send(
  request: CompletionRequest,
  transport: Transport,
  signal: AbortSignal,
): Promise<HttpResponse> {
  try {
    const response = await transport.send(request, signal);
    const { status, headers } = response;
    if (status >= 200 && status < 300) return response;
    const body = await readText(response.body);
    const { responseError } = await import('./failures.ts');
    throw responseError({ status, headers, body }, request, Date.now());
  } catch (error) {
    throw await located(error, request, { partial: false });
  }
}

async function* readAnswer(
  { status }: HttpResponse,
  events: AsyncIterable<CompletionEvent>,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent, void> {
  let received: Received = { partial: false, status };
  try {
    for await (const event of events) {
      signal.throwIfAborted();
      if (event.type === 'metadata') received = { ...received, responseId: event.metadata.id };
      else if (event.type === 'text' || event.type === 'reasoning') received = { ...received, partial: true };
      yield event;
    }
  } catch (error) {
    throw await located(error, request, received);
  }
}

/** Each wire is loaded with the first answer on it. */
async function createReader({ wire, model, limit }: CompletionRequest): Promise<AnswerReader> {
  switch (wire) {
    case 'chat-completions': {
      const { ChatCompletionsReader } = await import('./chatCompletions/reader.ts');
      return new ChatCompletionsReader(model);
    }
    case 'responses': {
      const { ResponsesReader } = await import('./responses/reader.ts');
      return new ResponsesReader(limit);
    }
    default:
      return wire satisfies never;
  }
}

/** Most requests do not fail: what knows of failures is loaded with the first. */
async function located(error: unknown, request: CompletionRequest, received: Received): Promise<unknown> {
  const { locatedError } = await import('./failures.ts');
  return locatedError(error, request, received);
}

/**
 * The start of a body, as far as it comes.
 * @param longest In UTF-16 code units.
 */
export async function readText(body: AsyncIterable<Uint8Array>, longest = longestErrorBody): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > longest) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}

/** In UTF-16 code units. */
const longestErrorBody = 64 * 1024;
