import assert from 'node:assert/strict';
import { Conversation } from '../../src/conversation/conversation.ts';
import { mergeRecords } from '../../src/conversation/history/merge.ts';
import { readRecord, type ConversationRecord } from '../../src/conversation/history/record.ts';
import { anyObject, anyValue } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './target.ts';

const words = [
  'askance',
  'id',
  'title',
  'pinned',
  'labelled',
  'workspace',
  'name',
  'uri',
  'created',
  'turns',
  'parent',
  'asked',
  'question',
  'attachments',
  'answer',
  'status',
  'kind',
  'done',
  'failed',
  'streaming',
  'waiting',
  'stopped',
  'finishReason',
  'text',
  'reasoning',
  'citations',
  'url',
  'metadata',
  'connection',
  'model',
  'chosen',
  'removed',
  'a',
  'b',
  'c',
  'code',
  'path',
] as const;

/** Whatever stands in a history file is read as a conversation that can be shown and written, or told to be damaged. */
export const historyFiles: FuzzTarget = {
  name: 'history files',
  run(random) {
    const read = readRecord(random.once(4) ? anyValue(random, 4, words) : anyRecord(random));
    if (read.kind !== 'record') return;
    const conversation = new Conversation(read.record);
    const { path } = conversation;
    assert.ok(path.length <= read.record.turns.length, 'no turn comes twice');
    for (const turn of path) assert.ok(conversation.before(turn).length < path.length);
    assert.equal(new Set(path.map(({ id }) => id)).size, path.length);
    const again = readRecord(JSON.parse(JSON.stringify(conversation.record)));
    assert.ok(again.kind === 'record');
    assert.deepEqual(new Conversation(again.record).path, path, 'what was written is what is read');
  },
};

/** Two windows that wrote into one conversation agree after each took up what the other wrote. */
export const historyOfTwoWindows: FuzzTarget = {
  name: 'history of two windows',
  run(random) {
    const [first, second] = [recordOf(random), recordOf(random)];
    if (!first || !second) return;
    const [mine, yours] = [new Conversation(first), new Conversation({ ...second, id: first.id })];
    mine.update(mergeRecords(mine.record, { ...second, id: first.id }));
    yours.update(mergeRecords(yours.record, first));
    const ids = (conversation: Conversation): string[] => conversation.record.turns.map(({ id }) => id).sort();
    assert.deepEqual(ids(mine), ids(yours));
    const before = ids(mine);
    mine.update(mergeRecords(mine.record, yours.record));
    assert.deepEqual(ids(mine), before, 'taking it up once more changes nothing');
  },
};

function recordOf(random: Random): ConversationRecord | undefined {
  const read = readRecord(anyRecord(random));
  return read.kind === 'record' ? read.record : undefined;
}

function anyRecord(random: Random): unknown {
  const turns = Array.from({ length: random.below(5) }, (_, index) => ({
    id: random.once(8) ? 'a' : `t${index}`,
    ...(random.once(2) && { parent: random.pick(['a', 't0', 't1', 't2', 'nobody']) }),
    asked: random.pick([0, 5, -5, 1e15]),
    question: random.pick(['Why?', '', '\u0000']),
    attachments: [],
    answer: {
      status: random.pick<unknown>([
        { kind: 'done', finishReason: 'stop' },
        { kind: 'stopped' },
        { kind: 'streaming' },
      ]),
      text: random.pick(['', 'yes']),
      reasoning: '',
      citations: [],
      metadata: {},
      connection: 'p',
      model: 'm',
      ...(random.once(6) && anyObject(random, 2, words)),
    },
  }));
  const chosen = { '': random.pick(['t0', 't1', 'nobody']), t0: random.pick(['t1', 't2', 't0']) };
  return { askance: 1, id: 'c', created: 1, turns, chosen, ...(random.once(5) && anyObject(random, 3, words)) };
}
