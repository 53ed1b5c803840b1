import { randomUUID } from 'node:crypto';
import type { Attachment } from '../prompt/context.ts';
import type { Parameters } from '../shared/parameters.ts';
import type { AnswerView } from '../shared/protocol.ts';
import type { ConversationRecord, TurnRecord, Workspace } from './history/record.ts';
import { findTarget, type Turn } from './turn.ts';

/** What a new turn is made of. */
export interface NewTurn {
  readonly question: string;
  readonly attachments: readonly Attachment[];
  readonly leftOut?: number;
  readonly answer: AnswerView;
}

/**
 * A tree of turns. Turns after the same turn are alternatives: the same question answered anew, or the question edited.
 * One of them is chosen; the chosen ones from the first on are the path, which is what is shown and sent.
 */
export class Conversation {
  readonly id: string;
  /** In place of the connection's. */
  parameters: Parameters = {};
  readonly created: number;
  readonly workspace: Workspace | undefined;
  #title: string | undefined;
  #pinned = false;
  #labelled = 0;
  /** In the order in which they were asked, so that each comes after the one that it follows. */
  #turns: Turn[] = [];
  #byId = new Map<string, Turn>();
  /** Id of a turn, or `''` for the beginning -> the turns after it, in their order. */
  #after = new Map<string, Turn[]>();
  #chosen = new Map<string, string>();
  #removed: readonly string[] = [];

  /** A conversation of which nothing was said yet, begun now. */
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
    this.become(record);
  }

  /** What the user called it; else the first line of its first question. */
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

  /** What was attached to any of its questions. */
  get attachments(): readonly Attachment[] {
    return this.#turns.flatMap(({ attachments }) => attachments);
  }

  turn(id: string): Turn | undefined {
    return this.#byId.get(id);
  }

  /** The turns before this one, oldest first. */
  before({ parent }: Turn): readonly Turn[] {
    const path: Turn[] = [];
    for (let turn = this.#find(parent); turn; turn = this.#find(turn.parent)) path.push(turn);
    return path.toReversed();
  }

  /** Ids of the turns in the place of this one, itself among them, oldest first. */
  alternatives({ parent }: Turn): readonly string[] {
    return (this.#after.get(parent ?? beginning) ?? []).map(({ id }) => id);
  }

  /** Adds a turn after another one and chooses it. @param parent Absent: it is one that begins the conversation. */
  add({ question, attachments, leftOut, answer }: NewTurn, parent: string | undefined): Turn {
    const asked = Math.max(Date.now(), 1 + (this.#find(parent)?.asked ?? 0));
    const left = leftOut === undefined ? {} : { leftOut };
    const turn = { id: randomUUID(), asked, question, attachments, ...left, answer };
    const added = this.#append(parent === undefined ? turn : { ...turn, parent });
    this.choose(added);
    return added;
  }

  /** Lets the path lead through this turn. */
  choose(turn: Turn): void {
    for (const each of [...this.before(turn), turn]) this.#chosen.set(each.parent ?? beginning, each.id);
  }

  /**
   * Takes a turn away; those that followed it follow the one before it.
   * @returns what brings it back, under another id: the old one stays deleted wherever this conversation is kept.
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

  /** @param title Empty: the first question is the title again. */
  rename(title: string): void {
    this.#title = title.trim() === '' ? undefined : title.trim();
    this.#labelled = Date.now();
  }

  pin(pinned: boolean): void {
    this.#pinned = pinned;
    this.#labelled = Date.now();
  }

  /** As it stands in its file. */
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

  /** Takes a state of itself from its file. A turn that is there already stays the same object: it may be being answered. */
  become(record: ConversationRecord): void {
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

  /** What follows a turn that is not there begins the conversation, so that the turns are a tree whatever was read. */
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

  /** After a change of places. */
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

/** The first line that says something, cut where it is long. */
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
