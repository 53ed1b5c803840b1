import type { AnswerView } from '../../shared/protocol.ts';
import type { ConversationRecord, TurnRecord } from './record.ts';

/**
 * Merges two states of a conversation that two windows wrote, without losing anything of either. Deletions win; of an
 * answer, the longer state wins; of a title, the newer one.
 * @param own Wins ties.
 */
export function mergeRecords(own: ConversationRecord, other: ConversationRecord): ConversationRecord {
  const removed = [...new Set([...(own.removed ?? []), ...(other.removed ?? [])])];
  const turns = mergeTurns(own, other, new Set(removed));
  const { title: _title, pinned: _pinned, labelled: _labelled, removed: _removed, ...rest } = own;
  const labels = (other.labelled ?? 0) > (own.labelled ?? 0) ? other : own;
  const present = new Set(turns.map(({ id }) => id));
  const parameters = { ...other.parameters, ...own.parameters };
  const chosen = Object.entries({ ...other.chosen, ...own.chosen }).filter(([, id]) => present.has(id));
  return {
    ...rest,
    ...(labels.title !== undefined && { title: labels.title }),
    ...(labels.pinned && { pinned: true }),
    ...(labels.labelled !== undefined && { labelled: labels.labelled }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    turns,
    chosen: Object.fromEntries(chosen),
    ...(removed.length > 0 && { removed }),
  };
}

function mergeTurns(
  own: ConversationRecord,
  other: ConversationRecord,
  removed: ReadonlySet<string>,
): readonly TurnRecord[] {
  const others = new Map(other.turns.map((turn) => [turn.id, turn]));
  const merged = new Map(own.turns.map((turn) => [turn.id, mergeTurn(turn, others.get(turn.id), removed)]));
  for (const turn of other.turns) if (!merged.has(turn.id)) merged.set(turn.id, turn);
  const presentParent = parentFinder(merged, removed);
  return [...merged.values()]
    .filter(({ id }) => !removed.has(id))
    .map((turn) => withParent(turn, presentParent(turn.parent)))
    .toSorted((a, b) => a.asked - b.asked);
}

function mergeTurn(own: TurnRecord, other: TurnRecord | undefined, removed: ReadonlySet<string>): TurnRecord {
  if (!other) return own;
  // The one whose parent still exists has already been moved up.
  const parent = own.parent !== undefined && removed.has(own.parent) ? other.parent : own.parent;
  return { ...withParent(own, parent), answer: fuller(own.answer, other.answer) };
}

/**
 * Returns a function that finds a turn's nearest existing ancestor, even if the turn is deleted; undefined if there is
 * none.
 */
function parentFinder(
  turns: ReadonlyMap<string, TurnRecord>,
  removed: ReadonlySet<string>,
): (id: string | undefined) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (start) => {
    const passed: string[] = [];
    let id = start;
    while (id !== undefined && !found.has(id) && (removed.has(id) || !turns.has(id))) {
      passed.push(id);
      // Deleted turns that form a cycle have no ancestor.
      found.set(id, undefined);
      id = turns.get(id)?.parent;
    }
    const end = id !== undefined && found.has(id) ? found.get(id) : id;
    for (const each of passed) found.set(each, end);
    return end;
  };
}

function withParent({ parent: _parent, ...turn }: TurnRecord, parent: string | undefined): TurnRecord {
  return parent === undefined ? turn : { ...turn, parent };
}

/** The later state. Text can turn into reasoning, so both lengths count. */
function fuller(own: AnswerView, other: AnswerView): AnswerView {
  const [ownLength, otherLength] = [lengthOf(own), lengthOf(other)];
  if (ownLength !== otherLength) return ownLength > otherLength ? own : other;
  if (own.reasoning.length !== other.reasoning.length)
    return own.reasoning.length > other.reasoning.length ? own : other;
  return own.status.kind === 'stopped' && own.status.interrupted ? other : own;
}

function lengthOf({ text, reasoning }: AnswerView): number {
  return text.length + reasoning.length;
}
