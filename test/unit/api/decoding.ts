import assert from 'node:assert/strict';
import { decodeStream } from '../../../src/api/decode.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import type { Citation, CompletionMetadata, FinishReason, Usage } from '../../../src/shared/answer.ts';

/** What a user has once a completion has ended. */
export interface Answer {
  text: string;
  reasoning: string;
  citations: readonly Citation[];
  usage: Usage | undefined;
  metadata: CompletionMetadata;
  finishReason: FinishReason | undefined;
}

/** Decodes a body that comes in these pieces. */
export function decodePieces(...pieces: readonly (string | Uint8Array)[]): Promise<Answer> {
  return gather(decodeStream(bytes(pieces)));
}

/** Applies all events, in their order. */
export async function gather(events: AsyncIterable<CompletionEvent>): Promise<Answer> {
  const answer = emptyAnswer();
  for await (const event of events) apply(answer, event);
  return answer;
}

/** What had come when the completion failed, and the error. */
export async function gatherUntilError(
  events: AsyncIterable<CompletionEvent>,
): Promise<{ answer: Answer; error: unknown }> {
  const answer = emptyAnswer();
  try {
    for await (const event of events) apply(answer, event);
  } catch (error) {
    return { answer, error };
  }
  throw new Error('The completion did not fail.');
}

export async function* bytes(pieces: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
}

/** The events of a stream, one for each object. */
export function eventStream(
  chunks: readonly unknown[],
  lineEnd = '\n',
  end = `data: [DONE]${lineEnd}${lineEnd}`,
): string {
  return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}${lineEnd}${lineEnd}`).join('') + end;
}

/** A chunk with a piece of text. */
export function delta(content: string, more: object = {}): object {
  return { id: 'answer', choices: [{ index: 0, delta: { content } }], ...more };
}

/** The last chunk of a choice. */
export function end(finish_reason: string, more: object = {}): object {
  return { choices: [{ index: 0, delta: {}, finish_reason }], ...more };
}

function emptyAnswer(): Answer {
  return { text: '', reasoning: '', citations: [], usage: undefined, metadata: {}, finishReason: undefined };
}

function apply(answer: Answer, event: CompletionEvent): void {
  switch (event.type) {
    case 'text':
      answer.text += event.text;
      break;
    case 'reasoning':
      answer.reasoning += event.text;
      break;
    case 'textWasReasoning':
      answer.reasoning += answer.text;
      assert.equal(answer.text.length, event.length);
      answer.text = '';
      break;
    case 'citations':
      answer.citations = event.citations;
      break;
    case 'usage':
      answer.usage = event.usage;
      break;
    case 'metadata':
      answer.metadata = event.metadata;
      break;
    case 'finish':
      answer.finishReason = event.reason;
      break;
    case 'progress':
    case 'retry':
      break;
    default:
      event satisfies never;
  }
}
