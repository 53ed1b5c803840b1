import { attachmentLabel, type Attachment, type CodeAttachment } from '../prompt/context.ts';
import type { AnswerView, AttachmentView, TurnView } from '../shared/protocol.ts';

/** A question and its answer. The answer is replaced by a new object at each change, so a view of it stays true. */
export interface Turn {
  readonly id: string;
  /** Id of the turn that it follows; absent: it begins the conversation. */
  parent: string | undefined;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** The code that this turn's code blocks can replace. */
  readonly target: CodeAttachment | undefined;
  /** How many of the oldest turns before it were not sent. */
  leftOut?: number;
  /** Milliseconds since 1970. */
  readonly asked: number;
  answer: AnswerView;
}

/** @param alternatives Ids of the turns in its place, itself among them, oldest first. */
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
 * What code from an answer replaces: the one replaceable attachment of the question, or of the latest earlier question
 * that had any. Several leave it open, and what is open is not written to.
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
