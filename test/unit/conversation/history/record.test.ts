import assert from 'node:assert/strict';
import { isConversationId, readRecord, type ConversationRecord } from '../../../../src/conversation/history/record.ts';

const full: ConversationRecord = {
  askance: 1,
  id: 'a1',
  title: 'Named',
  pinned: true,
  labelled: 30,
  workspace: { name: 'sets', uri: 'file:///sets' },
  parameters: { temperature: 0.5 },
  created: 10,
  turns: [
    {
      id: 't1',
      asked: 10,
      question: 'Why?',
      attachments: [
        {
          id: 'c1',
          kind: 'code',
          uri: 'file:///sets/a.py',
          path: 'a.py',
          description: 'lines 1-2',
          languageId: 'python',
          text: 'a = 1\n',
          startLine: 1,
          endLine: 2,
          replaceable: true,
        },
        { id: 'c2', kind: 'terminal', path: 'Terminal', description: '', languageId: '', text: '$ ls' },
      ],
      leftOut: 0,
      answer: {
        status: { kind: 'done', finishReason: 'length' },
        text: 'Because [1].',
        reasoning: 'Let me see.',
        citations: [
          { url: 'https://example.com', mark: '2', title: 'Example', date: '2026-03-01', snippet: 'So it is' },
          { url: '' },
        ],
        wire: 'responses',
        usage: {
          promptTokens: 1,
          completionTokens: 2,
          totalTokens: 3,
          cachedTokens: 1,
          reasoningTokens: 1,
          cost: { amount: 0.01, currency: 'USD' },
        },
        metadata: {
          id: 'r1',
          model: 'm-1',
          object: 'chat.completion.chunk',
          role: 'assistant',
          created: 1700000000,
          index: 0,
        },
        connection: 'demo',
        model: 'm',
        parameters: { top_p: 0.5 },
        timing: { asked: 10, firstReasoning: 11, firstText: 12, ended: 13 },
        lastObject: '{}',
      },
    },
    {
      id: 't2',
      parent: 't1',
      asked: 20,
      question: 'And?',
      attachments: [],
      answer: {
        status: {
          kind: 'failed',
          error: {
            message: 'Refused.',
            said: 'No more today',
            detail: '503',
            actions: [{ id: 'retry', label: 'Retry' }],
          },
        },
        text: '',
        reasoning: '',
        citations: [],
        metadata: {},
        connection: 'demo',
        model: 'm',
      },
    },
  ],
  chosen: { '': 't1', t1: 't2' },
  removed: ['t0'],
};

/** What is read of a record whose only answer, or attachment, is written like this. */
function readWith(answer: unknown, attachments?: unknown): ReturnType<typeof readRecord> {
  return readRecord({ askance: 1, id: 'a1', turns: [{ id: 't1', question: 'Why?', attachments, answer }] });
}

function answerOf(read: ReturnType<typeof readRecord>): unknown {
  return read.kind === 'record' ? read.record.turns[0]?.answer : read;
}

describe('a conversation file', () => {
  it('restores everything that was written', () => {
    assert.deepEqual(readRecord(JSON.parse(JSON.stringify(full))), { kind: 'record', record: full });
  });

  it('requires only questions and answers', () => {
    const empty = { text: '', reasoning: '', citations: [], metadata: {}, connection: '', model: '' };
    assert.deepEqual(readWith({ text: '' }), {
      kind: 'record',
      record: {
        askance: 1,
        id: 'a1',
        created: 0,
        turns: [
          {
            id: 't1',
            asked: 0,
            question: 'Why?',
            attachments: [],
            answer: { status: { kind: 'stopped', interrupted: true }, ...empty },
          },
        ],
        chosen: {},
      },
    });
  });

  for (const [what, written, read] of [
    ['stopped by the user', { kind: 'stopped' }, { kind: 'stopped' }],
    ['interrupted', { kind: 'stopped', interrupted: true }, { kind: 'stopped', interrupted: true }],
    ['still coming', { kind: 'streaming' }, { kind: 'stopped', interrupted: true }],
    [
      'done for a reason of later days',
      { kind: 'done', finishReason: 'bored' },
      { kind: 'done', finishReason: 'unspecified' },
    ],
    ['done without a reason', { kind: 'done' }, { kind: 'done', finishReason: 'unspecified' }],
    [
      'failed with ways out that need what is gone',
      { kind: 'failed', error: { message: 'No key.', actions: [{ id: 'setKey', label: 'Set key' }] } },
      { kind: 'failed', error: { message: 'No key.', actions: [] } },
    ],
    ['failed without a word', { kind: 'failed' }, { kind: 'failed', error: { message: '', actions: [] } }],
  ] as const) {
    it(`reads an answer that was ${what}`, () => {
      const answer = answerOf(readWith({ text: 'So', status: written }));
      assert.deepEqual((answer as { status: unknown }).status, read);
    });
  }

  it('keeps the positions of unreadable sources', () => {
    const answer = answerOf(readWith({ text: '', citations: [null, { url: 'https://example.com' }, 'text'] }));
    const { citations } = answer as { citations: unknown };
    assert.deepEqual(citations, [
      { url: '', mark: '1' },
      { url: 'https://example.com', mark: '2' },
      { url: '', mark: '3' },
    ]);
  });

  it('ignores strings where numbers belong', () => {
    const answer = answerOf(
      readWith({ text: '', usage: { promptTokens: '1' }, timing: { asked: null }, metadata: { created: 'now' } }),
    );
    const { usage, timing, metadata } = answer as Record<string, unknown>;
    assert.deepEqual({ usage, timing, metadata }, { usage: {}, timing: {}, metadata: {} });
  });

  const attachment = { id: 'c1', kind: 'file', path: 'a.py', text: 'a = 1' };
  it('requires kind and text of an attachment', () => {
    const read = readWith({ text: '' }, [attachment]);
    assert.deepEqual(read.kind === 'record' && read.record.turns[0]?.attachments, [
      { ...attachment, description: '', languageId: '' },
    ]);
  });

  for (const [what, record] of [
    ['no object', 'text'],
    ['no id', { askance: 1, turns: [] }],
    ['an id that is a path', { askance: 1, id: '../a1', turns: [] }],
    ['no turns', { askance: 1, id: 'a1' }],
    ['a turn without an id', { id: 'a1', turns: [{ question: 'Why?', answer: { text: '' } }] }],
    ['a turn without a question', { id: 'a1', turns: [{ id: 't1', answer: { text: '' } }] }],
    ['a turn without an answer', { id: 'a1', turns: [{ id: 't1', question: 'Why?' }] }],
    [
      'turns that follow each other in a ring',
      {
        id: 'a1',
        turns: [
          { id: 't1', question: 'Why?', answer: { text: '' } },
          { id: 't1', parent: 't1', question: 'Why?', answer: { text: '' } },
        ],
      },
    ],
    ['an answer without a text', { id: 'a1', turns: [{ id: 't1', question: 'Why?', answer: {} }] }],
    ...(['id', 'kind', 'path', 'text'] as const).map((field): [string, unknown] => [
      `an attachment without ${field}`,
      {
        id: 'a1',
        turns: [
          { id: 't1', question: 'Why?', answer: { text: '' }, attachments: [{ ...attachment, [field]: undefined }] },
        ],
      },
    ]),
    [
      'code without its lines',
      {
        id: 'a1',
        turns: [
          {
            id: 't1',
            question: 'Why?',
            answer: { text: '' },
            attachments: [{ ...attachment, kind: 'code', startLine: 1 }],
          },
        ],
      },
    ],
    [
      'an attachment of another kind',
      {
        id: 'a1',
        turns: [{ id: 't1', question: 'Why?', answer: { text: '' }, attachments: [{ ...attachment, kind: 'smell' }] }],
      },
    ],
  ] as const) {
    it(`is damaged with ${what}`, () => {
      assert.deepEqual(readRecord(record), { kind: 'damaged' });
    });
  }

  it('of a newer Askance is not read', () => {
    assert.deepEqual(readRecord({ askance: 2 }), { kind: 'newer' });
  });

  it('has an id that is one file name on every system', () => {
    for (const id of ['con', 'prn', 'aux', 'nul', 'com1', 'lpt9', 'NUL', 'A', 'a.b', 'a b', '', 'é']) {
      assert.equal(isConversationId(id), false, id);
    }
    for (const id of ['a', 'console', 'com10', '20260301-101500-0a1b2c3d', 'con-1'])
      assert.ok(isConversationId(id), id);
  });
});
