import type { Message } from '../api/types.ts';
import { attachmentText, type Attachment } from './context.ts';

/** An earlier request about the code being edited, as sent, and the reply. */
export interface RewriteExchange {
  readonly request: string;
  readonly reply: string;
}

/**
 * The request for new code and nothing else.
 * @param code The ranges to change, in document order; an empty one marks an insertion.
 * @param isKnown Whether the conversation already has the code, as the last reply.
 * @param context Further attachments; sent only with the code.
 */
export function rewriteRequest(
  instruction: string,
  code: readonly Attachment[],
  isKnown: boolean,
  context: readonly Attachment[] = [],
): string {
  return [...(isKnown ? [] : [...context, ...code].map(attachmentText)), instruction, task(code)].join('\n\n');
}

/** The messages of an edit request: system prompt, earlier exchanges about this code, the request. */
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
