import type { Anchor } from './anchor.ts';
import type { EditProblems } from './editProblems.ts';
import type { TrackedHunks } from './hunks.ts';
import type { LineDiff } from './lineDiff.ts';
import type { ReplyWriter } from './replyWriter.ts';

/** `next`: the user asked for another version of the code. */
export type ReviewEnd = 'kept' | 'undone' | 'next';

/** What the user can do next with a review or a proposal. */
export type FollowUp = 'refine' | 'retry' | 'retryWith';

/** The follow-ups. Each resolves to false if the user cancelled. */
export interface FollowUps {
  /** @param instruction Undefined: the user is asked. */
  refine(instruction?: string): Promise<boolean>;
  retry(): Promise<boolean>;
  /** Absent: there is no other connection. */
  retryWith?(): Promise<boolean>;
}

/** Code that Askance is writing. */
export interface Writing {
  readonly kind: 'writing';
  readonly id: number;
  readonly anchor: Anchor;
  readonly writer: ReplyWriter;
  readonly stop: () => void;
}

/** Code that Askance has written, until the user keeps or undoes it. */
export interface Review {
  readonly kind: 'review';
  readonly id: number;
  readonly anchor: Anchor;
  /** The range's old text. */
  readonly original: string;
  readonly hunks: TrackedHunks;
  readonly followUps: FollowUps | undefined;
  /** What the edit did to the problems of its file; absent: nobody has looked before it. */
  readonly problems: EditProblems | undefined;
  readonly end: PromiseWithResolvers<ReviewEnd>;
  readonly lineDiff: LineDiff;
}

/** Whether two ranges overlap or touch. */
export function sharePlace(one: Anchor, other: Anchor): boolean {
  const { start, end } = other.offsets;
  return one.document === other.document && start <= one.offsets.end && one.offsets.start <= end;
}
