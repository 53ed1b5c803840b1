import { TransportError } from '../network/transportError.ts';
import { ChatCompletionsReader } from './chatCompletions/reader.ts';
import { CompletionError } from './errors.ts';
import { readEventData } from './eventData.ts';
import type { CompletionEvent } from './events.ts';
import { BodyTooLong, FrameReader, type Frame } from './frames.ts';
import { htmlTitle, isHtml } from './html.ts';
import type { AnswerReader } from './wire.ts';

/**
 * Reads the body of a successful response in whatever format it comes: the body itself tells which, whatever was asked
 * for. What cannot be read is passed over while parts of an answer come.
 * @param reader Of the wire that was asked on.
 * @throws CompletionError for what is no answer; text that came before was reported by then.
 */
export async function* decodeStream(
  bytes: AsyncIterable<Uint8Array>,
  reader: AnswerReader = new ChatCompletionsReader(),
): AsyncGenerator<CompletionEvent, void> {
  const decoder = new TextDecoder();
  const body = new Body(reader);
  try {
    for await (const piece of bytes) {
      yield* body.feed(decoder.decode(piece, { stream: true }));
      if (body.isDone) return;
    }
  } catch (error) {
    // Some servers drop the connection, or keep it, instead of closing it after the end of an answer.
    if (!(error instanceof TransportError && reader.isFinished)) throw error;
  }
  yield* body.feed(decoder.decode());
  yield* body.end();
}

/** The body of one response. */
class Body {
  readonly #frames = new FrameReader();
  readonly #reader: AnswerReader;
  #isDone = false;
  #hasParts = false;
  #lastObject: unknown;
  /** What nothing could read, shortened. */
  readonly #unread = new Set<string>();
  /** The last of it, while no part of the answer has come after it. */
  #lastUnread: string | undefined;
  /** Whether a part of the answer was lost: JSON that did not parse. */
  #isBroken = false;
  /** Enough of the start to show what came instead of an answer. */
  #start = '';

  constructor(reader: AnswerReader) {
    this.#reader = reader;
  }

  /** Whether the server has said that nothing follows. */
  get isDone(): boolean {
    return this.#isDone;
  }

  *feed(text: string): Generator<CompletionEvent, void> {
    if (!this.#hasParts && this.#start.length < longestStart) this.#start += text.slice(0, longestStart);
    let frames: readonly Frame[];
    try {
      frames = this.#frames.feed(text);
    } catch (error) {
      throw error instanceof BodyTooLong ? this.#notCompletion('') : error;
    }
    yield* this.#readAll(frames);
  }

  /** The connection was closed. A last event without its blank line counts if it is whole. */
  *end(): Generator<CompletionEvent, void> {
    if (this.#isDone) return;
    const { frames, cut } = this.#frames.end();
    this.#isBroken ||= frames.some(({ data, stray }) => readEventData(data, stray).kind === 'unread');
    yield* this.#readAll(frames);
    if (this.#isDone) return;
    if (cut !== undefined) this.#pass(cut, true);
    yield* this.#finish();
  }

  *#readAll(frames: readonly Frame[]): Generator<CompletionEvent, void> {
    for (const frame of frames) {
      if (this.#isDone) return;
      yield* this.#read(frame);
    }
  }

  *#read(frame: Frame): Generator<CompletionEvent, void> {
    // A page may hold JSON.
    if (!this.#hasParts && frame.stray && isHtml(this.#start)) return;
    const data = readEventData(frame.data, frame.stray);
    switch (data.kind) {
      case 'done':
        yield* this.#finish();
        return;
      case 'unread':
        if (frame.event === 'error' && data.text !== '') throw this.#failure({ kind: 'errorObject' }, data.text);
        this.#pass(data.text, data.broken);
        return;
      case 'values':
        for (const value of data.values) {
          if (yield* this.#reader.read(value, frame.event)) {
            this.#hasParts = true;
            this.#lastObject = value;
            this.#lastUnread = undefined;
          } else this.#pass(frame.data, false);
          if (this.#reader.isClosed) {
            yield* this.#finish();
            return;
          }
        }
        return;
      default:
        data satisfies never;
    }
  }

  #pass(text: string, isBroken: boolean): void {
    const words = text.trim();
    if (words === '' || /^[[\],\s]*$/.test(words)) return;
    this.#isBroken ||= isBroken;
    this.#lastUnread = words.slice(0, longestUnread);
    if (this.#unread.size < mostUnread) this.#unread.add(this.#lastUnread);
  }

  *#finish(): Generator<CompletionEvent, void> {
    this.#isDone = true;
    if (!this.#hasParts) throw this.#notCompletion(this.#start);
    if (!this.#reader.isFinished && (this.#isBroken || this.#lastUnread !== undefined)) {
      throw this.#failure({ kind: 'connectionLost', partial: true }, this.#lastUnread ?? [...this.#unread].at(-1));
    }
    yield* this.#reader.finish({ lastObject: this.#lastObject, unread: [...this.#unread] });
  }

  #failure(failure: CompletionError['failure'], serverMessage: string | undefined): CompletionError {
    return new CompletionError(failure, { serverMessage, responseId: this.#reader.id });
  }

  #notCompletion(text: string): CompletionError {
    const title = htmlTitle(text);
    return this.#failure(
      { kind: 'notCompletion', content: isHtml(text) ? 'html' : 'other', ...(title !== undefined && { title }) },
      isHtml(text) ? undefined : text.trim(),
    );
  }
}

/** In UTF-16 code units. */
const longestStart = 1000;
const longestUnread = 500;
const mostUnread = 20;
