import type { Citation, CompletionMetadata, FinishReason, Usage } from '../shared/answer.ts';
import type { Content, PartialCompletion } from './chunk.ts';
import { CompletionError } from './errors.ts';
import type { CompletionEvent } from './events.ts';
import { ThinkSplitter, type Piece } from './reasoning.ts';

/** A completion as it comes together: tells what each part of it adds. Cost per part does not grow with the answer. */
export class Completion {
  readonly #splitter = new ThinkSplitter();
  #metadata: CompletionMetadata = {};
  #citations: readonly Citation[] = [];
  #listed: readonly Citation[] = [];
  #searchResults: readonly Citation[] = [];
  #usage: Usage = {};
  /** Lengths of what came, tags included, in UTF-16 code units. */
  #textLength = 0;
  #reasoningLength = 0;
  #hasAnswer = false;
  #hasReasoning = false;
  #finishReason: FinishReason | undefined;

  get id(): string | undefined {
    return this.#metadata.id;
  }

  get isFinished(): boolean {
    return this.#finishReason !== undefined;
  }

  *add(part: PartialCompletion): Generator<CompletionEvent, void> {
    yield* this.#addMetadata(part.metadata);
    yield* this.#addSources(part);
    yield* this.#addContent(this.#newContent(part));
    if (part.usage && !sameFields(part.usage, this.#usage)) {
      this.#usage = part.usage;
      yield { type: 'usage', usage: part.usage };
    }
    if (part.tool !== undefined) throw this.#failure({ kind: 'toolCall', ...(part.tool && { tool: part.tool }) });
    this.#finishReason = part.finishReason ?? this.#finishReason;
  }

  /**
   * Ends the answer.
   * @param lastObject The last one that the server sent.
   * @throws CompletionError if it is none.
   */
  *finish(lastObject: unknown): Generator<CompletionEvent, void> {
    yield* this.#tell(this.#splitter.end());
    const reason = this.#finishReason ?? 'unspecified';
    if (reason === 'content_filter') throw this.#failure({ kind: 'contentFilter' });
    if (reason === 'tool_calls') throw this.#failure({ kind: 'toolCall' });
    if (!this.#hasAnswer) {
      throw this.#failure({ kind: 'emptyAnswer', finishReason: reason, reasoned: this.#hasReasoning });
    }
    yield { type: 'finish', reason, lastObject };
  }

  *#addMetadata(metadata: CompletionMetadata): Generator<CompletionEvent, void> {
    const merged = { ...this.#metadata, ...metadata };
    if (sameFields(merged, this.#metadata)) return;
    this.#metadata = merged;
    yield { type: 'metadata', metadata: merged };
  }

  /** `[n]` counts the citations, so their order holds; search results lend them titles, or stand in for them. */
  *#addSources({ citations, searchResults }: PartialCompletion): Generator<CompletionEvent, void> {
    if (citations === undefined && searchResults === undefined) return;
    if (citations !== undefined && citations.length > 0) this.#listed = citations;
    if (searchResults !== undefined && searchResults.length > 0) this.#searchResults = searchResults;
    const merged = this.#listed.length === 0 ? this.#searchResults : withTitles(this.#listed, this.#searchResults);
    if (sameCitations(merged, this.#citations)) return;
    this.#citations = merged;
    yield { type: 'citations', citations: merged };
  }

  /** A whole message counts only where no delta says the same: what it has beyond what came is new. */
  #newContent({ delta, message }: PartialCompletion): Content {
    return {
      text: delta?.text || (message?.text.slice(this.#textLength) ?? ''),
      reasoning: delta?.reasoning || (message?.reasoning.slice(this.#reasoningLength) ?? ''),
    };
  }

  *#addContent({ text, reasoning }: Content): Generator<CompletionEvent, void> {
    this.#reasoningLength += reasoning.length;
    this.#textLength += text.length;
    if (reasoning !== '') {
      this.#splitter.reasoned();
      yield* this.#tell([{ type: 'reasoning', text: reasoning }]);
    }
    if (text !== '') yield* this.#tell(this.#splitter.split(text));
  }

  *#tell(pieces: Iterable<Piece>): Generator<CompletionEvent, void> {
    for (const piece of pieces) {
      if (piece.type === 'text') this.#hasAnswer ||= piece.text.trim() !== '';
      else this.#hasReasoning = true;
      if (piece.type === 'textWasReasoning') this.#hasAnswer = false;
      yield piece;
    }
  }

  #failure(failure: CompletionError['failure']): CompletionError {
    return new CompletionError(failure, { responseId: this.id });
  }
}

function withTitles(citations: readonly Citation[], searchResults: readonly Citation[]): readonly Citation[] {
  if (searchResults.length === 0) return citations;
  const byUrl = new Map(searchResults.map((result) => [result.url, result]));
  return citations.map((citation) => ({ ...byUrl.get(citation.url), ...citation }));
}

function sameCitations(some: readonly Citation[], others: readonly Citation[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ url, title, date }, index) => {
      const other = others[index];
      return url === other?.url && title === other.title && date === other.date;
    })
  );
}

/** Whether two flat objects have equal fields. */
function sameFields<T extends object>(some: T, other: T): boolean {
  const names = Object.keys(some);
  return (
    names.length === Object.keys(other).length &&
    Object.entries(some).every(([name, value]) => Object.is(value, Reflect.get(other, name)))
  );
}
