import type { Message } from '../api/types.ts';
import { attachmentText, type Attachment } from './context.ts';

/** A question as sent, and the answer's text if there is one. */
export interface Exchange {
  readonly question: string;
  readonly attachments: readonly Attachment[];
  readonly answer: string;
}

/**
 * The messages of a request: system prompt, earlier exchanges, question; oldest first. User and assistant must
 * alternate, so an exchange without an answer is left out. Attachments stay in the user message they belong to.
 * @param systemPrompt Empty: no system message.
 * @param earlier Oldest first.
 */
export function chatMessages(
  systemPrompt: string,
  earlier: readonly Exchange[],
  question: Omit<Exchange, 'answer'>,
): readonly Message[] {
  return [
    ...systemMessages(systemPrompt),
    ...earlier
      .filter(({ answer }) => answer.trim() !== '')
      .flatMap((exchange): Message[] => [userMessage(exchange), { role: 'assistant', content: exchange.answer }]),
    userMessage(question),
  ];
}

function systemMessages(systemPrompt: string): Message[] {
  return systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt }];
}

function userMessage({ question, attachments }: Omit<Exchange, 'answer'>): Message {
  return { role: 'user', content: [...attachments.map(attachmentText), question].join('\n\n') };
}
