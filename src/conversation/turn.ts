import { attachmentLabel, type Attachment, type CodeAttachment } from '../prompt/context.ts';
import type { AnswerView, AttachmentView, TurnView } from '../shared/protocol.ts';

/** A question and its answer. Each change replaces the answer by a new object, so earlier views stay valid. */
export interface Turn {
  readonly id: string;
  /** Id of the preceding turn; undefined if this one begins the conversation. */
  parent: string | undefined;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** The code that this turn's code blocks can replace. */
  readonly target: CodeAttachment | undefined;
  /** How many of the oldest earlier turns weren't sent. */
  leftOut?: number;
  /** Milliseconds since 1970. */
  readonly asked: number;
  answer: AnswerView;
}

/** @param alternatives Ids of the turn and its siblings, oldest first. */
export function turnView(turn: Turn, alternatives: readonly string[]): TurnView {
  const { id, question, attachments, target, leftOut, answer } = turn;
  return {
    id,
    question,
    attachments: attachments.map(attachmentView),
    ...(target && { target: attachmentLabel(target) }),
    ...(leftOut !== undefined && { leftOut }),
    alternatives,
    answer,
  };
}

export function attachmentView(attachment: Attachment): AttachmentView {
  return {
    id: attachment.id,
    kind: attachment.kind,
    label: attachmentLabel(attachment),
    description: attachment.description,
    language: attachment.languageId,
    length: attachment.text.length,
  };
}

/**
 * The code that an answer's code replaces: the only replaceable attachment of the question, or of the latest earlier
 * question with any. With several, the target is ambiguous, so nothing is written.
 */
export function findTarget(attachments: readonly Attachment[], before: Turn | undefined): CodeAttachment | undefined {
  const replaceable = attachments
    .filter((attachment) => attachment.kind === 'code')
    .filter(({ replaceable }) => replaceable);
  return replaceable.length > 0 ? only(replaceable) : before?.target;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
