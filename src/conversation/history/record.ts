import { asArray, asNumber, asObject, asString, asText } from '../../shared/json.ts';
import type { Attachment } from '../../prompt/context.ts';
import { isParameterName, type Parameters } from '../../shared/parameters.ts';
import type { AnswerView } from '../../shared/protocol.ts';
import { readAnswer, readAttachment } from './recordParts.ts';

/** The content of a conversation's file. */
export interface ConversationRecord {
  /** Version of the file format. */
  readonly askance: 1;
  readonly id: string;
  /** The user's title; absent: the first question is the title. */
  readonly title?: string;
  readonly pinned?: true;
  /** When it was last renamed, pinned or unpinned, in milliseconds since 1970, as all times here. */
  readonly labelled?: number;
  /** Where it was created. */
  readonly workspace?: Workspace;
  /** Override the connection's. */
  readonly parameters?: Parameters;
  readonly created: number;
  /** In the order in which they were asked. */
  readonly turns: readonly TurnRecord[];
  /** Id of a turn, or `''` for the root -> id of its chosen child. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Ids of deleted turns. */
  readonly removed?: readonly string[];
}

export interface TurnRecord {
  readonly id: string;
  /** Id of the preceding turn; absent if it begins the conversation. */
  readonly parent?: string;
  readonly asked: number;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** How many of the oldest earlier turns weren't sent. */
  readonly leftOut?: number;
  readonly answer: AnswerView;
}

/** A VS Code folder or workspace file. */
export interface Workspace {
  readonly name: string;
  readonly uri: string;
}

export type ReadRecord =
  | { readonly kind: 'record'; readonly record: ConversationRecord }
  /** Written by a newer version of Askance. */
  | { readonly kind: 'newer'; readonly title?: string }
  | { readonly kind: 'damaged' };

/** Device names on Windows, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Whether a text can be the id and file name of a conversation on every file system, including case-insensitive ones.
 */
export function isConversationId(text: string): boolean {
  return /^[a-z\d_-]{1,100}$/.test(text) && !device.test(text);
}

/** Parses the content of a conversation's file. One invalid turn makes the whole file count as damaged. */
export function readRecord(value: unknown): ReadRecord {
  const fields = asObject(value);
  const version = asNumber(fields?.['askance']);
  const title = asText(fields?.['title']);
  if (version !== undefined && version > 1) return { kind: 'newer', ...(title !== undefined && { title }) };
  const id = asText(fields?.['id']);
  const turns = asArray(fields?.['turns'])?.map(readTurn);
  if (!fields || id === undefined || !isConversationId(id) || !turns?.every((turn) => turn !== undefined)) {
    return { kind: 'damaged' };
  }
  // Turns with the same id could form a cycle.
  if (new Set(turns.map((turn) => turn.id)).size < turns.length) return { kind: 'damaged' };
  const labelled = asNumber(fields['labelled']);
  const workspace = readWorkspace(fields['workspace']);
  const removed = asArray(fields['removed'])?.filter((each) => typeof each === 'string');
  const record: ConversationRecord = {
    askance: 1,
    id,
    ...(title !== undefined && { title }),
    ...(fields['pinned'] === true && { pinned: true }),
    ...(labelled !== undefined && { labelled }),
    ...(workspace && { workspace }),
    ...readParameters(fields['parameters']),
    created: asNumber(fields['created']) ?? turns[0]?.asked ?? 0,
    turns,
    chosen: readChosen(fields['chosen']),
    ...(removed && removed.length > 0 && { removed }),
  };
  return { kind: 'record', record };
}

function readParameters(value: unknown): { parameters?: Parameters } {
  const set = Object.entries(asObject(value) ?? {}).filter(
    ([name, each]) => isParameterName(name) && typeof each === 'number',
  );
  return set.length === 0 ? {} : { parameters: Object.fromEntries(set) };
}

function readTurn(value: unknown): TurnRecord | undefined {
  const fields = asObject(value);
  const id = asText(fields?.['id']);
  const question = asString(fields?.['question']);
  const answer = readAnswer(fields?.['answer']);
  const attachments = asArray(fields?.['attachments'] ?? [])?.map(readAttachment);
  if (id === undefined || question === undefined || !answer) return undefined;
  if (!attachments?.every((attachment) => attachment !== undefined)) return undefined;
  const parent = asText(fields?.['parent']);
  const asked = asNumber(fields?.['asked']) ?? 0;
  const leftOut = asNumber(fields?.['leftOut']);
  const left = leftOut === undefined ? {} : { leftOut };
  return { id, ...(parent !== undefined && { parent }), asked, question, attachments, ...left, answer };
}

function readWorkspace(value: unknown): Workspace | undefined {
  const fields = asObject(value);
  const name = asString(fields?.['name']);
  const uri = asText(fields?.['uri']);
  return name === undefined || uri === undefined ? undefined : { name, uri };
}

function readChosen(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
