import { asArray, asNumber, asObject, asString, asText } from '../../shared/json.ts';
import type { Attachment } from '../../prompt/context.ts';
import { isParameterName, type Parameters } from '../../shared/parameters.ts';
import type { AnswerView } from '../../shared/protocol.ts';
import { readAnswer, readAttachment } from './recordParts.ts';

/** A conversation as it stands in its file. */
export interface ConversationRecord {
  /** Version of the form of the file. */
  readonly askance: 1;
  readonly id: string;
  /** What the user called it; absent: the first question is its title. */
  readonly title?: string;
  readonly pinned?: true;
  /** When it was last named, pinned or unpinned. Times are in milliseconds since 1970. */
  readonly labelled?: number;
  /** Where it was begun. */
  readonly workspace?: Workspace;
  /** Those of the request, in place of the connection's. */
  readonly parameters?: Parameters;
  readonly created: number;
  /** In the order in which they were asked. */
  readonly turns: readonly TurnRecord[];
  /** Id of a turn, or `''` for the beginning -> id of the turn that was chosen to follow it. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Ids of turns that were deleted. */
  readonly removed?: readonly string[];
}

export interface TurnRecord {
  readonly id: string;
  /** Id of the turn that it follows; absent: it begins the conversation. */
  readonly parent?: string;
  readonly asked: number;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** How many of the oldest turns before it were not sent. */
  readonly leftOut?: number;
  readonly answer: AnswerView;
}

/** A folder or workspace file of VS Code. */
export interface Workspace {
  readonly name: string;
  readonly uri: string;
}

export type ReadRecord =
  | { readonly kind: 'record'; readonly record: ConversationRecord }
  /** Written by a later Askance. */
  | { readonly kind: 'newer'; readonly title?: string }
  | { readonly kind: 'damaged' };

/** Names that are devices on Windows, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Whether a text can name a conversation and its file on every file system: some do not tell `a` from `A`. */
export function isConversationId(text: string): boolean {
  return /^[a-z\d_-]{1,100}$/.test(text) && !device.test(text);
}

/** Reads what stood in a conversation's file. One turn that cannot be read makes the whole file a damaged one. */
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
  // Turns with one id could follow each other in a ring.
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
