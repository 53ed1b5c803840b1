import { explain } from './explain.ts';
import { inline } from './facts.ts';
import { fenced } from './fence.ts';
import { readInstruction } from './instruction.ts';
import { type Question, readQuestion } from './question.ts';
import type { Answer } from './reply.ts';
import { rewrite } from './rewrite.ts';
import type { ChatMessage } from './validate.ts';

/** The demo model's answer to a conversation that ends with a question. */
export function answer(messages: readonly ChatMessage[]): Answer {
  const question = readQuestion(messages);
  const { code, words } = question;
  if (code === undefined) {
    return { text: withoutCode(words), sources: [], finish: 'stop' };
  }
  const instruction = readInstruction(words) ?? (question.codeOnly ? { kind: 'other' } : undefined);
  if (instruction === undefined) {
    return { text: explain(code, question), sources: code.language.sources, finish: 'stop' };
  }
  const { summary, text } = rewrite(code, instruction);
  const block = fenced(code, text);
  return { text: question.codeOnly ? block : `${where(question)}${summary}\n\n${block}`, sources: [], finish: 'stop' };
}

function where({ earlier, code }: Question): string {
  return earlier ? `In the code from before${code?.label ? ` (${code.label})` : ''}: ` : '';
}

function withoutCode(words: string): string {
  const count = words.split(/\s+/).filter(Boolean).length;
  const names = Array.from(
    words.matchAll(/`([^`]+)`|\b([a-z]+(?:[A-Z_]\w*)+)\b/g),
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  return [
    `The question came without code: ${count === 1 ? 'one word' : `${count} words`}, ${inline(words.slice(0, 200))}.`,
    names.length === 0
      ? 'It names nothing that looks like code.'
      : `It names ${Array.from(new Set(names), inline).join(', ')}, whose code was not sent.`,
    'This is a demo model: it reads code, so select some in the editor and ask about it, or say what to change: a name, types, comments.',
  ].join('\n\n');
}
