import type { Message } from '../api/types.ts';
import { attachmentText, type Attachment } from './context.ts';

/** What was asked about the code under edit, as it was sent, and the reply. */
export interface RewriteExchange {
  readonly request: string;
  readonly reply: string;
}

/**
 * The text that asks for new code and for nothing else.
 * @param code The places to be changed, in their order; an empty one takes what is to be inserted there.
 * @param isKnown Whether the code stands in the conversation already, as the last reply.
 * @param context What goes along; it is in the conversation as soon as the code is.
 */
export function rewriteRequest(
  instruction: string,
  code: readonly Attachment[],
  isKnown: boolean,
  context: readonly Attachment[] = [],
): string {
  return [...(isKnown ? [] : [...context, ...code].map(attachmentText)), instruction, task(code)].join('\n\n');
}

/** The messages of a request for new code: system prompt, what was said about this code before, the request. */
export function rewriteMessages(
  systemPrompt: string,
  earlier: readonly RewriteExchange[],
  request: string,
): readonly Message[] {
  return [
    ...(systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt } as const]),
    ...earlier.flatMap(({ request: content, reply }): Message[] => [
      { role: 'user', content },
      { role: 'assistant', content: reply },
    ]),
    { role: 'user', content: request },
  ];
}

function task(code: readonly Attachment[]): string {
  if (code.length > 1) {
    return (
      `These are ${code.length} places in one file. Reply with exactly ${code.length} fenced code blocks in the same ` +
      'order and nothing else: for each place its complete replacement, or the code to insert where it is empty.'
    );
  }
  return code[0]?.text === ''
    ? 'Reply with the code to insert there in one fenced code block and nothing else.'
    : 'Reply with the complete replacement for this code in one fenced code block and nothing else.';
}
