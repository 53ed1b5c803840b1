import { noAnswer } from '../../../../src/conversation/answer.ts';
import { Conversation } from '../../../../src/conversation/conversation.ts';
import type { AnswerView } from '../../../../src/shared/protocol.ts';

/** An answer that is complete. */
export function answered(text: string): AnswerView {
  return { ...noAnswer, status: { kind: 'done', finishReason: 'stop' }, text, connection: 'demo', model: 'demo-model' };
}

/** A conversation in which each of the questions was answered with `A: ` and itself. */
export function conversationWith(...questions: string[]): Conversation {
  const conversation = Conversation.begin({ name: 'sets', uri: 'file:///sets' });
  for (const question of questions) {
    const last = conversation.path.at(-1);
    conversation.add({ question, attachments: [], answer: answered(`A: ${question}`) }, last?.id);
  }
  return conversation;
}

/** The questions on the path. */
export function questionsOf(conversation: Conversation | undefined): readonly string[] | undefined {
  return conversation?.path.map(({ question }) => question);
}
