import { randomUUID } from 'node:crypto';
import type { Attachment } from '../prompt/context.ts';
import type { Parameters } from '../shared/parameters.ts';
import type { AnswerView } from '../shared/protocol.ts';
import type { ConversationRecord, TurnRecord, Workspace } from './history/record.ts';
import { findTarget, type Turn } from './turn.ts';

/** The parts of a new turn. */
export interface NewTurn {
  readonly question: string;
  readonly attachments: readonly Attachment[];
  readonly leftOut?: number;
  readonly answer: AnswerView;
}

/**
 * A tree of turns. Turns with the same parent are alternatives: regenerated answers or edited questions. One of them is
 * chosen; the chosen turns from the root form the path, which is shown and sent.
 */
export class Conversation {
  readonly id: string;
  /** Override the connection's. */
  parameters: Parameters = {};
  readonly created: number;
  readonly workspace: Workspace | undefined;
  #title: string | undefined;
  #pinned = false;
  #labelled = 0;
  /** In the order in which they were asked, so parents precede children. */
  #turns: Turn[] = [];
  #byId = new Map<string, Turn>();
  /** Id of a turn, or `''` for the root -> its children in order. */
  #after = new Map<string, Turn[]>();
  #chosen = new Map<string, string>();
  #removed: readonly string[] = [];

  /** Creates an empty conversation. */
  static begin(workspace?: Workspace): Conversation {
    const created = Date.now();
    const time = new Date(created).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
    const id = `${time}-${randomUUID().slice(0, 8)}`;
    return new Conversation({ askance: 1, id, created, turns: [], chosen: {}, ...(workspace && { workspace }) });
  }

  constructor(record: ConversationRecord) {
    this.id = record.id;
    this.created = record.created;
    this.workspace = record.workspace;
    this.update(record);
  }

  /** The user's title, else the first line of the first question. */
  get title(): string {
    return this.#title ?? titleOf(this.#turns[0]?.question ?? '');
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  get isEmpty(): boolean {
    return this.#turns.length === 0;
  }

  /** The chosen turns, oldest first. */
  get path(): readonly Turn[] {
    const path: Turn[] = [];
    for (let id = beginning; ;) {
      const alternatives = this.#after.get(id);
      const turn = alternatives?.find((each) => each.id === this.#chosen.get(id)) ?? alternatives?.at(-1);
      if (!turn) return path;
      path.push(turn);
      ({ id } = turn);
    }
  }

  /** The attachments of all questions. */
  get attachments(): readonly Attachment[] {
    return this.#turns.flatMap(({ attachments }) => attachments);
  }

  turn(id: string): Turn | undefined {
    return this.#byId.get(id);
  }

  /** The turn's ancestors, oldest first. */
  before({ parent }: Turn): readonly Turn[] {
    const path: Turn[] = [];
    for (let turn = this.#find(parent); turn; turn = this.#find(turn.parent)) path.push(turn);
    return path.toReversed();
  }

  /** Ids of the turn and its siblings, oldest first. */
  alternatives({ parent }: Turn): readonly string[] {
    return (this.#after.get(parent ?? beginning) ?? []).map(({ id }) => id);
  }

  /**
   * Adds a turn and chooses it.
   * @param parent Absent: the turn begins the conversation.
   */
  add({ question, attachments, leftOut, answer }: NewTurn, parent: string | undefined): Turn {
    const asked = Math.max(Date.now(), 1 + (this.#find(parent)?.asked ?? 0));
    const left = leftOut === undefined ? {} : { leftOut };
    const turn = { id: randomUUID(), asked, question, attachments, ...left, answer };
    const added = this.#append(parent === undefined ? turn : { ...turn, parent });
    this.choose(added);
    return added;
  }

  /** Puts this turn on the path. */
  choose(turn: Turn): void {
    for (const each of [...this.before(turn), turn]) this.#chosen.set(each.parent ?? beginning, each.id);
  }

  /**
   * Removes a turn; its children move to its parent.
   * @returns a function that restores it under another id: the old id stays deleted wherever this conversation is
   * stored.
   */
  remove(turn: Turn): () => Turn {
    const place = this.#turns.indexOf(turn);
    const wasChosen = this.path.includes(turn);
    const followers = this.#turns.filter(({ parent }) => parent === turn.id);
    const next = this.#chosen.get(turn.id);
    this.#turns = this.#turns.filter((each) => each !== turn);
    for (const follower of followers) follower.parent = turn.parent;
    this.#index();
    this.#chosen.delete(turn.id);
    const before = turn.parent ?? beginning;
    if (next !== undefined) this.#chosen.set(before, next);
    else if (this.#chosen.get(before) === turn.id) this.#chosen.delete(before);
    this.#removed = [...this.#removed, turn.id];
    return () => {
      const restored: Turn = { ...turn, id: randomUUID() };
      this.#turns = this.#turns.toSpliced(place, 0, restored);
      for (const follower of followers) if (this.#turns.includes(follower)) follower.parent = restored.id;
      this.#index();
      if (next !== undefined) this.#chosen.set(restored.id, next);
      if (wasChosen) this.choose(restored);
      return restored;
    };
  }

  /** @param title Empty: the first question becomes the title again. */
  rename(title: string): void {
    this.#title = title.trim() === '' ? undefined : title.trim();
    this.#labelled = Date.now();
  }

  pin(pinned: boolean): void {
    this.#pinned = pinned;
    this.#labelled = Date.now();
  }

  /** The content of its file. */
  get record(): ConversationRecord {
    const { id, created, workspace } = this;
    return {
      askance: 1,
      id,
      ...(this.#title !== undefined && { title: this.#title }),
      ...(this.#pinned && { pinned: true }),
      ...(this.#labelled > 0 && { labelled: this.#labelled }),
      ...(workspace && { workspace }),
      ...(Object.keys(this.parameters).length > 0 && { parameters: this.parameters }),
      created,
      turns: this.#turns.map(turnRecord),
      chosen: Object.fromEntries(this.#chosen),
      ...(this.#removed.length > 0 && { removed: this.#removed }),
    };
  }

  /** Takes over the state in its file. Existing turns stay the same objects, since one may be receiving an answer. */
  update(record: ConversationRecord): void {
    const present = this.#byId;
    this.#title = record.title;
    this.#pinned = record.pinned ?? false;
    this.#labelled = record.labelled ?? 0;
    this.#removed = record.removed ?? [];
    this.parameters = record.parameters ?? {};
    [this.#turns, this.#byId, this.#after] = [[], new Map(), new Map()];
    for (const turn of record.turns) {
      const known = present.get(turn.id);
      if (!known) this.#append(turn);
      else this.#put(Object.assign(known, { parent: this.#find(turn.parent)?.id, answer: turn.answer }));
    }
    this.#chosen = new Map(Object.entries(record.chosen));
  }

  /** A turn with an unknown parent becomes a root, so the turns form a tree whatever was read. */
  #append({ id, parent, asked, question, attachments, leftOut, answer }: TurnRecord): Turn {
    const before = this.#find(parent);
    const target = findTarget(attachments, before);
    const left = leftOut === undefined ? {} : { leftOut };
    const turn: Turn = { id, parent: before?.id, question, attachments, target, ...left, asked, answer };
    return this.#put(turn);
  }

  #put(turn: Turn): Turn {
    this.#turns.push(turn);
    this.#byId.set(turn.id, turn);
    const siblings = this.#after.get(turn.parent ?? beginning);
    if (siblings) siblings.push(turn);
    else this.#after.set(turn.parent ?? beginning, [turn]);
    return turn;
  }

  /** Rebuilds the children by parent. */
  #index(): void {
    this.#byId = new Map(this.#turns.map((turn) => [turn.id, turn]));
    this.#after = Map.groupBy(this.#turns, ({ parent }) => parent ?? beginning);
  }

  #find(id: string | undefined): Turn | undefined {
    return id === undefined ? undefined : this.turn(id);
  }
}

const beginning = '';

/** In UTF-16 code units. */
const longestTitle = 80;

/** The first non-blank line, shortened if it is long. */
export function titleOf(question: string): string {
  const line = question.split('\n').find((each) => each.trim() !== '') ?? '';
  const text = line.trim().replaceAll(/\s+/g, ' ');
  if (text.length <= longestTitle) return text;
  const space = text.lastIndexOf(' ', longestTitle);
  return `${text.slice(0, space > 0 ? space : longestTitle)}…`;
}

function turnRecord({ id, parent, asked, question, attachments, leftOut, answer }: Turn): TurnRecord {
  const left = leftOut === undefined ? {} : { leftOut };
  return { id, ...(parent !== undefined && { parent }), asked, question, attachments, ...left, answer };
}
