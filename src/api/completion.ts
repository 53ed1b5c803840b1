import type { Citation, CompletionMetadata, FinishReason, Usage } from '../shared/answer.ts';
import { sameCitations } from '../shared/marks.ts';
import { ReasoningSplitter, type Piece } from '../shared/reasoningMarks.ts';
import { CompletionError } from './errors.ts';
import type { CompletionEvent } from './events.ts';
import type { Ending } from './wire.ts';

/**
 * A completion as it comes together, on whichever wire: turns what is new into events. Cost per part does not grow with
 * the answer.
 */
export class Completion {
  readonly #splitter = new ReasoningSplitter();
  #metadata: CompletionMetadata = {};
  #citations: readonly Citation[] = [];
  #usage: Usage = {};
  #hasAnswer = false;
  #hasReasoning = false;
  #finishReason: FinishReason | undefined;
  #tool: string | undefined;
  readonly #unread = new Set<string>();

  get id(): string | undefined {
    return this.#metadata.id;
  }

  get model(): string | undefined {
    return this.#metadata.model;
  }

  get isFinished(): boolean {
    return this.#finishReason !== undefined;
  }

  /** The last that the server gives counts. */
  finishReason(reason: FinishReason): void {
    this.#finishReason = reason;
  }

  /** The model calls a tool; one that text follows was the server's own. @param name Empty: it has none. */
  tool(name: string): void {
    this.#tool ||= name;
  }

  /** Something that could not be read, for the answer's details. */
  unread(text: string): void {
    this.#unread.add(text);
  }

  /** Whether these facts say something new: most chunks repeat them. */
  isNews(metadata: CompletionMetadata): boolean {
    for (const name in metadata)
      if (!Object.is(Reflect.get(metadata, name), Reflect.get(this.#metadata, name))) return true;
    return false;
  }

  *metadata(metadata: CompletionMetadata): Generator<CompletionEvent, void> {
    if (!this.isNews(metadata)) return;
    this.#metadata = { ...this.#metadata, ...metadata };
    yield { type: 'metadata', metadata: this.#metadata };
  }

  *citations(citations: readonly Citation[]): Generator<CompletionEvent, void> {
    if (sameCitations(citations, this.#citations)) return;
    this.#citations = citations;
    yield { type: 'citations', citations };
  }

  *usage(usage: Usage): Generator<CompletionEvent, void> {
    if (sameUsage(usage, this.#usage)) return;
    this.#usage = usage;
    yield { type: 'usage', usage };
  }

  *reasoning(text: string): Generator<CompletionEvent, void> {
    if (text === '') return;
    this.#splitter.reasoned();
    yield* this.#tell([{ type: 'reasoning', text }]);
  }

  *text(text: string): Generator<CompletionEvent, void> {
    if (text === '') return;
    this.#tool = undefined;
    yield* this.#tell(this.#splitter.split(text));
  }

  /**
   * Ends the answer.
   * @throws CompletionError if it is none.
   */
  *finish({ lastObject, unread }: Ending): Generator<CompletionEvent, void> {
    yield* this.#tell(this.#splitter.end());
    const reason = this.#finishReason ?? 'unspecified';
    if (reason === 'content_filter') throw this.failure({ kind: 'contentFilter' });
    if (reason === 'tool_calls' || this.#tool !== undefined) {
      throw this.failure({ kind: 'toolCall', ...(this.#tool && { tool: this.#tool }) });
    }
    if (!this.#hasAnswer) {
      throw this.failure({ kind: 'emptyAnswer', finishReason: reason, reasoned: this.#hasReasoning }, unread[0]);
    }
    const all = [...this.#unread, ...unread];
    yield { type: 'finish', reason, lastObject, ...(all.length > 0 && { unread: all }) };
  }

  failure(failure: CompletionError['failure'], serverMessage?: string): CompletionError {
    return new CompletionError(failure, { responseId: this.id, serverMessage });
  }

  *#tell(pieces: Iterable<Piece>): Generator<CompletionEvent, void> {
    for (const piece of pieces) {
      if (piece.type === 'text') this.#hasAnswer ||= piece.text.trim() !== '';
      else this.#hasReasoning = true;
      if (piece.type === 'textWasReasoning') this.#hasAnswer = false;
      yield piece;
    }
  }
}

function sameUsage({ cost, ...counts }: Usage, { cost: other, ...others }: Usage): boolean {
  return sameFields(counts, others) && cost?.amount === other?.amount && cost?.currency === other?.currency;
}

/** Whether two flat objects have equal fields. */
function sameFields<T extends object>(some: T, other: T): boolean {
  const names = Object.keys(some);
  return (
    names.length === Object.keys(other).length &&
    Object.entries(some).every(([name, value]) => Object.is(value, Reflect.get(other, name)))
  );
}
