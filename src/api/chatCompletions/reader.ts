import { asObject } from '../../shared/json.ts';
import { Completion } from '../completion.ts';
import { CompletionError } from '../errors.ts';
import type { CompletionEvent } from '../events.ts';
import { looseNumber } from '../fields.ts';
import { isErrorReport, readServerError } from '../serverError.ts';
import { dialects } from '../sources/dialects.ts';
import { InlineTags } from '../sources/inlineTags.ts';
import { Sources } from '../sources/sources.ts';
import { TextSoFar } from '../textSoFar.ts';
import { readUsage } from '../usage.ts';
import type { AnswerReader, Ending } from '../wire.ts';
import { choicesOf, readChunk, type Chunk } from './chunk.ts';
import type { Content } from './content.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads an answer of the Chat Completions API. */
export class ChatCompletionsReader implements AnswerReader {
  readonly #completion = new Completion();
  readonly #choice = new ChosenIndex();
  readonly #text = new TextSoFar();
  readonly #reasoning = new TextSoFar();
  readonly #sources = new Sources();
  readonly #tags = new InlineTags();
  readonly #model: string;
  #hasFailed = false;

  readonly isClosed = false;

  /** @param model The one that was asked. */
  constructor(model = '') {
    this.#model = model;
  }

  get id(): string | undefined {
    return this.#completion.id;
  }

  get isFinished(): boolean {
    return this.#completion.isFinished;
  }

  *read(value: unknown, event: string | undefined): Generator<CompletionEvent, boolean> {
    const object = asObject(value);
    if (object && isResponse(object)) throw this.#completion.failure({ kind: 'otherWire', wire: 'responses' });
    const choices = object && choicesOf(object);
    if (!object || !choices || object['error'] || object['base_resp']) {
      if (isErrorReport(value, event)) throw this.#reported(value);
      if (!object) return false;
    }
    const choice = choices && this.#choice.of(choices);
    const chunk = readChunk(object, choice, this.#model);
    if (chunk.error && isErrorReport({ error: chunk.error }, event))
      throw this.#reported({ ...object, error: chunk.error });
    if (!choices && !isKnown(chunk)) return false;
    yield* this.#add(chunk);
    return true;
  }

  *finish(ending: Ending): Generator<CompletionEvent, void> {
    yield* this.#completion.text(this.#tags.end());
    yield* this.#completion.citations(this.#sources.citations(this.#text.text));
    if (this.#hasFailed) throw this.#completion.failure({ kind: 'serverError' }, ending.unread[0]);
    yield* this.#completion.finish(ending);
  }

  *#add(chunk: Chunk): Generator<CompletionEvent, void> {
    const completion = this.#completion;
    if (completion.isNews(chunk.metadata)) yield* completion.metadata(chunk.metadata);
    for (const [rank, found] of chunk.sources) this.#sources.add(rank, found);
    if (chunk.sources.length > 0) yield* completion.citations(this.#sources.citations());
    // MiniMax shows what its own tools say in messages of their role.
    if (chunk.metadata.role === 'tool') return;
    const { text, reasoning } = this.#newContent(chunk);
    if (reasoning !== '') yield* completion.reasoning(reasoning);
    if (text !== '') yield* this.#addText(text);
    if (chunk.usage) yield* completion.usage(chunk.usage);
    if (chunk.tool !== undefined) completion.tool(chunk.tool);
    for (const part of [...(chunk.delta?.unread ?? []), ...(chunk.message?.unread ?? [])]) {
      completion.unread(JSON.stringify(part).slice(0, longestUnread));
    }
    if (chunk.finishReason === 'failed') {
      this.#hasFailed = true;
      completion.finishReason('other');
    } else if (chunk.finishReason !== undefined) completion.finishReason(chunk.finishReason);
  }

  *#addText(content: string): Generator<CompletionEvent, void> {
    if (content === '') return;
    const { text, citations, usage } = this.#tags.split(content);
    if (citations.length > 0) {
      this.#sources.add(dialects.length, { citations });
      yield* this.#completion.citations(this.#sources.citations());
    }
    yield* this.#completion.text(text);
    const counted = readUsage(usage);
    if (counted) yield* this.#completion.usage(counted);
  }

  /** A whole message counts only where no delta says the same. */
  #newContent({ delta, message, finishReason }: Chunk): Content {
    // What comes with the end, or after it, may be the whole once more.
    const shortest = this.isFinished ? 1 : finishReason === undefined ? undefined : 16;
    return {
      text: delta?.text ? this.#text.addDelta(delta.text, shortest) : this.#text.addWhole(message?.text ?? ''),
      reasoning: delta?.reasoning
        ? this.#reasoning.addDelta(delta.reasoning, shortest)
        : this.#reasoning.addWhole(message?.reasoning ?? ''),
    };
  }

  #reported(value: unknown): CompletionError {
    const reported = readServerError(value) ?? {
      message: JSON.stringify(value) ?? '',
      codes: [],
      parameters: [],
      body: value,
    };
    return new CompletionError(
      { kind: 'errorObject' },
      { serverMessage: reported.message, responseId: reported.id ?? this.id, reported },
    );
  }
}

/** Whether it is one of the Responses API. */
function isResponse(object: Fields): boolean {
  return object['object'] === 'response' || (object['type'] === 'response.created' && object['choices'] === undefined);
}

/** In UTF-16 code units. */
const longestUnread = 500;

function isKnown({ usage, sources, metadata }: Chunk): boolean {
  return usage !== undefined || sources.length > 0 || metadata.object?.startsWith('chat.completion') === true;
}

/**
 * Which choice is read. One is asked for, so where there is one, it is that: some servers number the pieces of it
 * (microsoft/foundry-local#263). Where an index comes again after another, there are several, and the first counts.
 */
class ChosenIndex {
  #first: number | undefined;
  #last = -1;
  #hasSeveral = false;

  of(choices: readonly Fields[]): Fields | undefined {
    const [only] = choices;
    if (!only) return undefined;
    if (choices.length > 1) return choices.find((choice) => (looseNumber(choice['index']) ?? 0) === 0) ?? only;
    const index = looseNumber(only['index']) ?? 0;
    this.#first ??= index;
    if (index !== this.#last) this.#hasSeveral ||= index < this.#last || (this.#last >= 0 && index > this.#last + 1);
    this.#last = index;
    return this.#hasSeveral && index !== this.#first ? undefined : only;
  }
}
