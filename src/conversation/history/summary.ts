import { asNumber, asObject, asString, asText } from '../../shared/json.ts';
import { titleOf } from '../conversation.ts';
import type { Obstacle } from './conversationFolder.ts';
import type { ConversationRecord, Workspace } from './record.ts';

/** A conversation's entry in a list. */
export interface Summary {
  readonly id: string;
  readonly title: string;
  readonly pinned: boolean;
  readonly workspace: Workspace | undefined;
  /** Time of the last question, in milliseconds since 1970. */
  readonly asked: number;
  /** Number of questions. */
  readonly questions: number;
  /** Why it can't be opened; absent if it can. */
  readonly obstacle?: Obstacle;
}

export function summaryOf(record: ConversationRecord): Summary {
  return {
    id: record.id,
    title: record.title ?? titleOf(record.turns[0]?.question ?? ''),
    pinned: record.pinned ?? false,
    workspace: record.workspace,
    asked: record.turns.reduce((last, { asked }) => Math.max(last, asked), record.created),
    questions: record.turns.length,
  };
}

/** Parses a summary of the index. */
export function readSummary(value: unknown): Summary | undefined {
  const fields = asObject(value);
  const id = asText(fields?.['id']);
  const title = asString(fields?.['title']);
  const asked = asNumber(fields?.['asked']);
  const questions = asNumber(fields?.['questions']);
  if (id === undefined || title === undefined || asked === undefined || questions === undefined) return undefined;
  const workspace = asObject(fields?.['workspace']);
  const name = asString(workspace?.['name']);
  const uri = asText(workspace?.['uri']);
  const isComplete = name !== undefined && uri !== undefined;
  const pinned = fields?.['pinned'] === true;
  return { id, title, pinned, asked, questions, workspace: isComplete ? { name, uri } : undefined };
}

/** The searchable text: title, questions with the names of their attachments, and answers. */
export function searchText(record: ConversationRecord): string {
  const parts = record.turns.flatMap(({ question, attachments, answer }) => [
    question,
    ...attachments.map(({ path }) => path),
    answer.text,
  ]);
  return [record.title ?? '', ...parts].join('\n');
}
