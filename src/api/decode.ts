import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { parseChunk } from './chunk.ts';
import { Completion } from './completion.ts';
import { CompletionError } from './errors.ts';
import type { CompletionEvent } from './events.ts';
import { htmlTitle, isHtml } from './html.ts';
import { parseJson } from '../shared/json.ts';
import { TransportError } from '../network/transportError.ts';

/**
 * Reads the body of a successful response, a stream of server-sent events or one JSON object: the body itself tells
 * which, whatever was asked for.
 * @throws CompletionError for what is no answer; text that came before has been told then.
 */
export async function* decodeStream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CompletionEvent, void> {
  const decoder = new TextDecoder();
  const events = new EventStream();
  let form: 'unknown' | 'events' | 'whole' = 'unknown';
  let text = '';
  try {
    for await (const piece of bytes) {
      const decoded = decoder.decode(piece, { stream: true });
      if (form !== 'events') text += decoded;
      if (form === 'unknown') form = bodyForm(text);
      if (form === 'events') {
        yield* events.feed(text === '' ? decoded : text);
        text = '';
        if (events.isDone) return;
      } else if (text.length > maxLength) throw tooLong();
    }
  } catch (error) {
    // Some servers drop the connection, or keep it, instead of closing it behind the end of an answer.
    if (!(error instanceof TransportError && events.isFinished)) throw error;
  }
  const rest = text + decoder.decode();
  if (form === 'whole') yield* decodeWhole(rest);
  else yield* events.end(rest);
}

/**
 * Reads a body that is one JSON object.
 * @throws CompletionError for what is no answer.
 */
export function* decodeWhole(text: string): Generator<CompletionEvent, void> {
  const completion = new Completion();
  const object = parseJson(text);
  const chunk = parseChunk(object);
  switch (chunk.kind) {
    case 'completion':
      yield* completion.add(chunk.completion);
      yield* completion.finish(object);
      break;
    case 'error':
      throw new CompletionError(
        { kind: 'errorObject' },
        { serverMessage: chunk.error.message, responseId: chunk.error.id },
      );
    case 'unknown':
      throw notCompletion(text);
  }
}

/** In UTF-16 code units; longer than any answer, shorter than what hurts. */
const maxLength = 32 * 1024 * 1024;

/** What a body is, told by its first character that is not blank. */
function bodyForm(text: string): 'unknown' | 'events' | 'whole' {
  const start = text.trimStart()[0];
  if (start === undefined) return 'unknown';
  return start === '{' || start === '[' || start === '<' ? 'whole' : 'events';
}

/** Server-sent events, each with the JSON of a part of the completion, ended by `[DONE]`. */
class EventStream {
  readonly #completion = new Completion();
  readonly #messages: EventSourceMessage[] = [];
  readonly #parser = createParser({
    maxBufferSize: maxLength,
    onEvent: (message) => this.#messages.push(message),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw tooLong();
      this.#hasStrayLine = true;
    },
  });
  #hasStrayLine = false;
  #hasParts = false;
  #last: unknown;
  #isDone = false;
  /** Enough of the start to show what came instead of events. */
  #start = '';

  /** Whether the server has said that nothing follows. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether the answer has come to its end; what may follow are facts about it. */
  get isFinished(): boolean {
    return this.#completion.isFinished;
  }

  *feed(text: string): Generator<CompletionEvent, void> {
    if (!this.#hasParts && this.#start.length < 1000) this.#start += text.slice(0, 1000);
    this.#parser.feed(text);
    for (const message of this.#messages.splice(0)) {
      yield* this.#read(message);
      if (this.#isDone) return;
    }
  }

  /** The connection was closed. A last event without its blank line counts if it is whole. */
  *end(rest: string): Generator<CompletionEvent, void> {
    yield* this.feed(rest);
    this.#hasStrayLine = false;
    this.#parser.feed('\n\n');
    for (const message of this.#messages.splice(0)) {
      if (isTruncated(message.data)) this.#hasStrayLine = true;
      else yield* this.#read(message);
    }
    if (this.#isDone) return;
    if (this.#hasParts && this.#hasStrayLine && !this.#completion.isFinished) {
      throw new CompletionError({ kind: 'connectionLost', partial: true }, { responseId: this.#completion.id });
    }
    yield* this.#finish();
  }

  *#read({ event, data }: EventSourceMessage): Generator<CompletionEvent, void> {
    if (data.trim() === '[DONE]') {
      yield* this.#finish();
      return;
    }
    for (const value of parseData(data)) {
      const chunk = parseChunk(value);
      switch (chunk.kind) {
        case 'completion':
          this.#hasParts = true;
          this.#last = value;
          yield* this.#completion.add(chunk.completion);
          break;
        case 'error':
          throw this.#serverError(chunk.error.message, chunk.error.id);
        case 'unknown':
          if (event === 'error') throw this.#serverError(data, undefined);
          if (value === undefined && data.trim() !== '') throw this.#notCompletion(data);
      }
    }
  }

  *#finish(): Generator<CompletionEvent, void> {
    this.#isDone = true;
    if (!this.#hasParts) throw this.#notCompletion(this.#start);
    yield* this.#completion.finish(this.#last);
  }

  #serverError(serverMessage: string, id: string | undefined): CompletionError {
    return new CompletionError({ kind: 'errorObject' }, { serverMessage, responseId: id ?? this.#completion.id });
  }

  #notCompletion(text: string): CompletionError {
    return notCompletion(text, this.#completion.id);
  }
}

/** The JSON of an event; where the blank lines between events are missing, that of each of its lines. */
function parseData(data: string): readonly unknown[] {
  const value = parseJson(data);
  if (value !== undefined) return [value];
  return data
    .split('\n')
    .filter((line) => line.trim() !== '[DONE]')
    .map(parseJson);
}

function isTruncated(data: string): boolean {
  return data.trim() !== '[DONE]' && parseData(data).includes(undefined);
}

function notCompletion(text: string, responseId?: string): CompletionError {
  const title = htmlTitle(text);
  return new CompletionError(
    { kind: 'notCompletion', content: isHtml(text) ? 'html' : 'other', ...(title !== undefined && { title }) },
    { serverMessage: isHtml(text) ? undefined : text.trim(), responseId },
  );
}

function tooLong(): CompletionError {
  return new CompletionError({ kind: 'notCompletion', content: 'other' });
}
