import assert from 'node:assert/strict';
import { Conversation, titleOf } from '../../../src/conversation/conversation.ts';
import { mergeRecords } from '../../../src/conversation/history/merge.ts';
import { readRecord, type ConversationRecord } from '../../../src/conversation/history/record.ts';
import { conversationText } from '../../../src/conversation/history/conversationText.ts';
import { answered, conversationWith, questionsOf } from './history/records.ts';

/** The conversation as another window or a restart would read it. */
function reread(conversation: Conversation): Conversation {
  const read = readRecord(JSON.parse(conversationText(conversation)));
  assert.equal(read.kind, 'record');
  return new Conversation((read as { record: ConversationRecord }).record);
}

function turnAt(conversation: Conversation, index: number) {
  const turn = conversation.path[index];
  assert.ok(turn);
  return turn;
}

describe('a conversation', () => {
  it('follows the alternative that was added or chosen last', () => {
    const conversation = conversationWith('One', 'Two');
    const [one, two] = [turnAt(conversation, 0), turnAt(conversation, 1)];
    const edited = conversation.add({ question: 'Two!', attachments: [], answer: answered('B') }, one.id);
    conversation.add({ question: 'Three', attachments: [], answer: answered('C') }, edited.id);
    assert.deepEqual(questionsOf(conversation), ['One', 'Two!', 'Three']);
    assert.deepEqual(conversation.alternatives(edited), [two.id, edited.id]);
    conversation.choose(two);
    assert.deepEqual(questionsOf(conversation), ['One', 'Two']);
    assert.deepEqual(questionsOf(reread(conversation)), ['One', 'Two']);
    conversation.choose(edited);
    assert.deepEqual(questionsOf(conversation), ['One', 'Two!', 'Three']);
  });

  it('closes the gap of a deleted turn, and restores it on undo', () => {
    const conversation = conversationWith('One', 'Two', 'Three');
    const restore = conversation.remove(turnAt(conversation, 1));
    assert.deepEqual(questionsOf(conversation), ['One', 'Three']);
    assert.deepEqual(questionsOf(reread(conversation)), ['One', 'Three']);
    restore();
    assert.deepEqual(questionsOf(conversation), ['One', 'Two', 'Three']);
    assert.deepEqual(questionsOf(reread(conversation)), ['One', 'Two', 'Three']);
  });

  it('shows another alternative if the chosen one was deleted', () => {
    const conversation = conversationWith('One', 'Two');
    const two = turnAt(conversation, 1);
    const again = conversation.add({ ...two, answer: answered('again') }, two.parent);
    const restore = conversation.remove(again);
    assert.equal(conversation.path.at(-1), two);
    assert.equal(restore(), conversation.path.at(-1));
    assert.equal(conversation.alternatives(two).length, 2);
  });

  it('is titled by its first question until the user renames it', () => {
    const conversation = conversationWith('\n  How   is\tthis done?\nMore.', 'Two');
    assert.equal(conversation.title, 'How is this done?');
    conversation.rename(' Sizes ');
    assert.equal(reread(conversation).title, 'Sizes');
    conversation.rename(' ');
    assert.equal(conversation.title, 'How is this done?');
    assert.equal(titleOf('word '.repeat(30)).length, 80);
  });

  it('survives writing and reading with any characters', () => {
    const conversation = conversationWith('"\\ \u2028\u2029 \n\t\u0000 𝒳 ```', '</script>');
    conversation.pin(true);
    conversation.parameters = { temperature: 0.7, max_tokens: 9 };
    const text = JSON.stringify({ kind: 'code', id: 'a', path: 'a.ts', description: 'Selection', languageId: 'ts' });
    const attachment = { ...JSON.parse(text), text: 'a\r\n\tb', startLine: 1, endLine: 2, replaceable: true };
    conversation.add({ question: 'With code', attachments: [attachment], answer: answered('x\n\n  y') }, undefined);
    assert.deepEqual(reread(conversation).record, conversation.record);
    assert.equal(reread(conversation).path[0]?.target?.text, 'a\r\n\tb');
  });

  it('marks an unfinished answer as interrupted', () => {
    const conversation = conversationWith('One');
    turnAt(conversation, 0).answer = { ...answered('half'), status: { kind: 'streaming' } };
    assert.deepEqual(turnAt(reread(conversation), 0).answer.status, { kind: 'stopped', interrupted: true });
    assert.equal(turnAt(reread(conversation), 0).answer.text, 'half');
  });

  for (const [what, value] of [
    ['no object', []],
    ['an id that is no file name', { askance: 1, id: '../x', turns: [] }],
    ['no turns', { askance: 1, id: 'x' }],
    ['a turn without an answer', { askance: 1, id: 'x', turns: [{ id: 't', question: 'Q' }] }],
    [
      'an attachment without a text',
      { askance: 1, id: 'x', turns: [{ id: 't', question: 'Q', answer: { text: '' }, attachments: [{}] }] },
    ],
  ] as const) {
    it(`is damaged with ${what}`, () => assert.equal(readRecord(value).kind, 'damaged'));
  }

  it('of a newer version is not read', () => {
    assert.equal(readRecord({ askance: 2, id: 'x', threads: [] }).kind, 'newer');
  });

  it('breaks cycles of a damaged file', () => {
    const turn = (id: string, parent: string) => ({ id, parent, question: id, answer: { text: 'A' }, asked: 1 });
    const read = readRecord({ askance: 1, id: 'x', turns: [turn('a', 'b'), turn('b', 'a')], chosen: {} });
    assert.equal(read.kind, 'record');
    const conversation = new Conversation((read as { record: ConversationRecord }).record);
    assert.deepEqual(questionsOf(conversation), ['a', 'b']);
  });
});

describe('two states of one conversation', () => {
  it('merge without losing anything of either', () => {
    const here = conversationWith('One');
    const there = reread(here);
    here.add({ question: 'Here', attachments: [], answer: answered('H') }, turnAt(here, 0).id);
    there.add({ question: 'There', attachments: [], answer: answered('T') }, turnAt(there, 0).id);
    there.pin(true);
    there.parameters = { temperature: 0.5, top_p: 0.5 };
    here.parameters = { temperature: 1 };
    here.update(mergeRecords(here.record, there.record));
    assert.deepEqual(here.parameters, { temperature: 1, top_p: 0.5 });
    assert.deepEqual(questionsOf(here), ['One', 'Here']);
    assert.equal(here.alternatives(turnAt(here, 1)).length, 2);
    assert.ok(here.pinned);
  });

  it('keep a streaming answer in the same object', () => {
    const here = conversationWith('One');
    const turn = turnAt(here, 0);
    turn.answer = { ...answered('h'), status: { kind: 'streaming' } };
    const there = reread(here);
    turn.answer = { ...turn.answer, text: 'half' };
    here.update(mergeRecords(here.record, there.record));
    assert.equal(turnAt(here, 0), turn);
    assert.deepEqual([turn.answer.text, turn.answer.status.kind], ['half', 'streaming']);
    there.update(mergeRecords(there.record, here.record));
    assert.equal(turnAt(there, 0).answer.text, 'half');
  });

  it('agree on deleted turns and their successors', () => {
    const here = conversationWith('One', 'Two', 'Three');
    const there = reread(here);
    here.remove(turnAt(here, 1));
    there.add({ question: 'Four', attachments: [], answer: answered('4') }, turnAt(there, 2).id);
    const merged = [mergeRecords(here.record, there.record), mergeRecords(there.record, here.record)];
    for (const record of merged) assert.deepEqual(questionsOf(new Conversation(record)), ['One', 'Three', 'Four']);
  });

  it('converge in any order after both wrote, deleted and renamed', () => {
    const base = conversationWith('One', 'Two');
    const windows = [reread(base), reread(base), reread(base)];
    for (const [index, window] of windows.entries()) {
      window.add({ question: `By ${index}`, attachments: [], answer: answered('x') }, turnAt(window, index % 2).id);
      window.rename(`Name ${index}`);
    }
    const ids = (record: ConversationRecord) => record.turns.map(({ id }) => id).sort();
    const [a, b, c] = windows.map(({ record }) => record) as [
      ConversationRecord,
      ConversationRecord,
      ConversationRecord,
    ];
    const first = mergeRecords(mergeRecords(a, b), c);
    const second = mergeRecords(c, mergeRecords(b, a));
    assert.equal(first.turns.length, 5);
    assert.deepEqual(ids(first), ids(second));
  });

  it('keep text reclassified as reasoning', () => {
    const here = conversationWith('One');
    const turn = turnAt(here, 0);
    turn.answer = { ...turn.answer, status: { kind: 'streaming' }, text: 'Let me think. ' };
    const there = reread(here);
    turn.answer = { ...answered('No.'), reasoning: 'Let me think. ' };
    for (const merged of [mergeRecords(here.record, there.record), mergeRecords(there.record, here.record)]) {
      assert.deepEqual(merged.turns[0]?.answer, turn.answer);
    }
    turn.answer = { ...turn.answer, text: '' };
    const merged = mergeRecords(there.record, here.record).turns[0]?.answer;
    assert.deepEqual([merged?.text, merged?.reasoning], ['', 'Let me think. ']);
  });

  it('merge even if deleted turns form a cycle', () => {
    const here = conversationWith('One');
    const [turn] = here.record.turns;
    assert.ok(turn);
    const ring = [
      { ...turn, id: 'a', parent: 'b' },
      { ...turn, id: 'b', parent: 'a' },
      { ...turn, id: 'c', parent: 'a', question: 'After' },
    ];
    const merged = mergeRecords(here.record, { ...here.record, turns: ring, removed: ['a', 'b'] });
    assert.deepEqual(
      merged.turns.map(({ question, parent }) => [question, parent]),
      [
        ['One', undefined],
        ['After', undefined],
      ],
    );
  });
});

describe('a long conversation', () => {
  const length = 20_000;
  const turns = Array.from({ length }, (_, index) => ({
    id: `t${index}`,
    ...(index > 0 && { parent: `t${index - 1}` }),
    asked: index,
    question: 'Why?',
    attachments: [],
    answer: answered('Because.'),
  }));
  const record: ConversationRecord = { askance: 1, id: 'long', created: 0, turns, chosen: {} };

  it('opens, grows and merges in linear time', () => {
    const conversation = new Conversation(record);
    assert.equal(conversation.path.length, length);
    assert.equal(conversation.path.flatMap((turn) => conversation.alternatives(turn)).length, length);
    const next = conversation.add({ question: 'Next?', attachments: [], answer: answered('') }, `t${length - 1}`);
    assert.equal(conversation.before(next).length, length);
    const removed = turns.slice(0, length / 2).map(({ id }) => id);
    const merged = mergeRecords(record, { ...record, removed });
    assert.equal(new Conversation(merged).path.length, length / 2);
  });
});
