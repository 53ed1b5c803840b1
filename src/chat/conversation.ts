import { randomUUID } from 'node:crypto';
import type { Attachment } from '../prompt/context.ts';
import type { AnswerView } from '../shared/protocol.ts';
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
  /** In the order in which they were asked. */
  readonly #turns: Turn[] = [];
  /** Id of a turn, or `''` for the beginning -> id of the one chosen to follow it. */
  readonly #chosen = new Map<string, string>();

  constructor(id: string = randomUUID()) {
    this.id = id;
  }

  /** The chosen turns, oldest first. */
  get path(): readonly Turn[] {
    const after = Map.groupBy(this.#turns, ({ parent }) => parent ?? beginning);
    const path: Turn[] = [];
    for (let id = beginning; ;) {
      const alternatives = after.get(id);
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
    return this.#turns.find((turn) => turn.id === id);
  }

  /** The turns before this one, oldest first. */
  before({ parent }: Turn): readonly Turn[] {
    const path: Turn[] = [];
    for (let turn = this.#find(parent); turn; turn = this.#find(turn.parent)) path.unshift(turn);
    return path;
  }

  /** Ids of the turns in the place of this one, itself among them, oldest first. */
  alternatives({ parent }: Turn): readonly string[] {
    return this.#turns.filter((turn) => turn.parent === parent).map(({ id }) => id);
  }

  /** Adds a turn after another one and chooses it. @param parent Absent: it is one that begins the conversation. */
  add({ question, attachments, leftOut, answer }: NewTurn, parent: string | undefined): Turn {
    const target = findTarget(attachments, this.#find(parent));
    const turn: Turn = {
      id: randomUUID(),
      parent,
      question,
      attachments,
      target,
      ...(leftOut !== undefined && { leftOut }),
      asked: Date.now(),
      answer,
    };
    this.#turns.push(turn);
    this.choose(turn);
    return turn;
  }

  /** Lets the path lead through this turn. */
  choose(turn: Turn): void {
    for (const each of [...this.before(turn), turn]) this.#chosen.set(each.parent ?? beginning, each.id);
  }

  #find(id: string | undefined): Turn | undefined {
    return id === undefined ? undefined : this.turn(id);
  }
}

const beginning = '';
