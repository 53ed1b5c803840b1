import type { Citation, CompletionMetadata } from '../shared/answer.ts';
import {
  longestAnswer,
  mostBodyBytes,
  longestName,
  longestSnippet,
  longestTitle,
  longestUrl,
  mostSources,
  shortened,
} from '../shared/limits.ts';
import { CompletionError } from './errors.ts';
import type { CompletionEvent } from './events.ts';

/**
 * The events of a body, none larger and together no more than `shared/limits.ts` says. An answer that is longer ends
 * there, with `tooLong` as the reason; leaving the loop closes the connection.
 * @param decode What reads the body.
 * @throws CompletionError as `decode` does, and where only reasoning came until the limit.
 */
export async function* boundedAnswer(
  body: AsyncIterable<Uint8Array>,
  decode: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<CompletionEvent>,
): AsyncGenerator<CompletionEvent, void> {
  const bytes = new BoundedBytes(body);
  let left = longestAnswer;
  let hasAnswer = false;
  const end = (): CompletionEvent => {
    if (hasAnswer) return { type: 'finish', reason: 'tooLong' };
    throw new CompletionError({ kind: 'emptyAnswer', finishReason: 'tooLong', reasoned: true });
  };
  try {
    for await (const event of decode(bytes.read())) {
      if (event.type === 'text' || event.type === 'reasoning') {
        const text = event.text.slice(0, left);
        if (event.type === 'text') hasAnswer ||= text.trim() !== '';
        if (text !== '') yield { ...event, text };
        if (event.text.length > left) {
          yield end();
          return;
        }
        left -= text.length;
        continue;
      }
      if (event.type === 'textWasReasoning') hasAnswer = false;
      if (event.type === 'finish' && bytes.isCut) yield end();
      else yield bounded(event);
    }
  } catch (error) {
    if (!bytes.isCut || !hasAnswer) throw error;
    yield end();
  }
}

/** The bytes of a body up to the limit. */
class BoundedBytes {
  readonly #body: AsyncIterable<Uint8Array>;
  #isCut = false;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#body = body;
  }

  /** Whether the body had more. */
  get isCut(): boolean {
    return this.#isCut;
  }

  async *read(): AsyncGenerator<Uint8Array, void> {
    let left = mostBodyBytes;
    for await (const piece of this.#body) {
      left -= piece.byteLength;
      this.#isCut = left < 0;
      if (this.#isCut) return;
      yield piece;
    }
  }
}

function bounded(event: CompletionEvent): CompletionEvent {
  switch (event.type) {
    case 'metadata':
      return { ...event, metadata: boundedMetadata(event.metadata) };
    case 'citations':
      return { ...event, citations: event.citations.slice(0, mostSources).map(boundedSource) };
    default:
      return event;
  }
}

function boundedMetadata(metadata: CompletionMetadata): CompletionMetadata {
  const { id, model, object, role } = metadata;
  const names = Object.entries({ id, model, object, role }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, shortened(text, longestName)]],
  );
  return { ...metadata, ...Object.fromEntries(names) };
}

/** A source whose URL is too long keeps its mark and its title. */
function boundedSource({ url, mark, title, date, snippet }: Citation): Citation {
  return {
    url: url.length > longestUrl ? '' : url,
    ...(mark !== undefined && mark.length <= longestName && { mark }),
    ...(title !== undefined && { title: shortened(title, longestTitle) }),
    ...(date !== undefined && { date: shortened(date, longestName) }),
    ...(snippet !== undefined && { snippet: shortened(snippet, longestSnippet) }),
  };
}
