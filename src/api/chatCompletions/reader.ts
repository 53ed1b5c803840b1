import type { Citation } from '../../shared/answer.ts';
import { asObject } from '../../shared/json.ts';
import { Completion } from '../completion.ts';
import { CompletionError } from '../errors.ts';
import type { CompletionEvent } from '../events.ts';
import { looseNumber } from '../fields.ts';
import { isErrorReport, readServerError } from '../serverError.ts';
import { TextSoFar } from '../textSoFar.ts';
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
  #listed: readonly Citation[] = [];
  #searchResults: readonly Citation[] = [];
  #hasFailed = false;

  readonly isClosed = false;

  get id(): string | undefined {
    return this.#completion.id;
  }

  get isFinished(): boolean {
    return this.#completion.isFinished;
  }

  *read(value: unknown, event: string | undefined): Generator<CompletionEvent, boolean> {
    const object = asObject(value);
    const choices = object && choicesOf(object);
    if (!object || !choices || object['error'] || object['base_resp']) {
      if (isErrorReport(value, event)) throw this.#reported(value);
      if (!object) return false;
    }
    const choice = choices && this.#choice.of(choices);
    const chunk = readChunk(object, choice);
    if (chunk.error && isErrorReport({ error: chunk.error }, event))
      throw this.#reported({ ...object, error: chunk.error });
    if (!choices && !isKnown(chunk)) return false;
    yield* this.#add(chunk);
    return true;
  }

  *finish(ending: Ending): Generator<CompletionEvent, void> {
    if (this.#hasFailed) throw this.#completion.failure({ kind: 'serverError' }, ending.unread[0]);
    yield* this.#completion.finish(ending);
  }

  *#add(chunk: Chunk): Generator<CompletionEvent, void> {
    const completion = this.#completion;
    yield* completion.metadata(chunk.metadata);
    yield* this.#addSources(chunk);
    const { text, reasoning } = this.#newContent(chunk);
    yield* completion.reasoning(reasoning);
    yield* completion.text(text);
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

  /** `[n]` counts the citations, so their order holds; search results give them titles, or replace them. */
  *#addSources({ citations, searchResults }: Chunk): Generator<CompletionEvent, void> {
    if (citations === undefined && searchResults === undefined) return;
    if (citations !== undefined && citations.length > 0) this.#listed = citations;
    if (searchResults !== undefined && searchResults.length > 0) this.#searchResults = searchResults;
    const merged = this.#listed.length === 0 ? this.#searchResults : withTitles(this.#listed, this.#searchResults);
    yield* this.#completion.citations(merged);
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

/** In UTF-16 code units. */
const longestUnread = 500;

function isKnown({ usage, citations, searchResults, metadata }: Chunk): boolean {
  return (
    usage !== undefined ||
    citations !== undefined ||
    searchResults !== undefined ||
    metadata.object?.startsWith('chat.completion') === true
  );
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

function withTitles(citations: readonly Citation[], searchResults: readonly Citation[]): readonly Citation[] {
  if (searchResults.length === 0) return citations;
  const byUrl = new Map(searchResults.map((result) => [result.url, result]));
  return citations.map((citation) => ({ ...byUrl.get(citation.url), ...citation }));
}
