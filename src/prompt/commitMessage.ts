import type { FinishReason } from '../shared/answer.ts';
import { readFences } from '../reply/fences.ts';
import { withoutHidden } from '../shared/hidden.ts';
import { withoutReasoning } from '../reply/reasoning.ts';

/** Hints for a commit message in addition to the changes. */
export interface CommitHints {
  /** First lines of the last commits, newest first. */
  readonly subjects: readonly string[];
  /** The user's draft; may be empty. */
  readonly draft: string;
}

/** The question that asks for a commit message for the attached changes. */
export function commitQuestion({ subjects, draft }: CommitHints): string {
  return [
    'Write the commit message for these changes. Its first line says what they do, in at most 72 characters. Only where ' +
      'the changes do not show it themselves, a blank line and the reasons follow, in lines of at most 72 characters. ' +
      'Reply with the message in one fenced block and nothing else.',
    ...(subjects.length > 0
      ? [`Follow the style of the last messages:\n${subjects.map((subject) => `- ${subject}`).join('\n')}`]
      : []),
    ...(draft.trim() === '' ? [] : [`I have begun with this; keep what it says:\n${draft.trim()}`]),
  ].join('\n\n');
}

/** Extracts the commit message: the answer's only code block, else the whole answer. Undefined if it is ambiguous. */
export function readCommitMessage(answer: string, finish: FinishReason): string | undefined {
  const text = finish === 'length' ? undefined : withoutReasoning(answer, '');
  if (text === undefined) return undefined;
  const blocks = readFences(text).filter((part) => part.kind === 'block');
  const [block] = blocks;
  if (blocks.length > 1 || block?.closed === false) return undefined;
  // Git passes control characters on to terminals.
  const message = withoutHidden((block?.text ?? text).replaceAll('\r\n', '\n'))
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .trim();
  return message === '' ? undefined : message;
}
