import type { Answer } from './reply.ts';
import type { ChatMessage } from './validate.ts';

/** The demo model's answer to a conversation that ends with a question. */
export function answer(messages: readonly ChatMessage[]): Answer {
  return { text: `You asked: ${messages.at(-1)?.content ?? ''}`, sources: [], finish: 'stop' };
}
