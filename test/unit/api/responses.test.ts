import assert from 'node:assert/strict';
import { decodeStream } from '../../../src/api/decode.ts';
import { CompletionError, type CompletionFailure } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import { locatedError } from '../../../src/api/failures.ts';
import { ResponsesReader } from '../../../src/api/responses/reader.ts';
import {
  bytes,
  delta as chatDelta,
  end as chatEnd,
  eventStream,
  gather,
  gatherUntilError,
  type Answer,
} from './decoding.ts';

type Event = Readonly<Record<string, unknown>>;

function decode(body: string | readonly Uint8Array[], limit?: number): AsyncGenerator<CompletionEvent, void> {
  return decodeStream(bytes(typeof body === 'string' ? [body] : body), new ResponsesReader(limit));
}

const stream = (events: readonly Event[]): string => eventStream(events, '\n', '');
const read = (events: readonly Event[], limit?: number): Promise<Answer> => gather(decode(stream(events), limit));

async function failed(body: string): Promise<{ text: string; failure: CompletionFailure; words: string | undefined }> {
  const { answer, error } = await gatherUntilError(decode(body));
  assert.ok(error instanceof CompletionError, String(error));
  return { text: answer.text, failure: error.failure, words: error.serverMessage };
}

const event = (type: string, fields: object = {}): Event => ({ type: `response.${type}`, ...fields });
const delta = (text: string, index = 0, more: object = {}): Event =>
  event('output_text.delta', { output_index: index, content_index: 0, delta: text, ...more });
const message = (text: string, more: object = {}) => ({
  type: 'message',
  content: [{ type: 'output_text', text }],
  ...more,
});
const completed = (output: readonly object[] = [], more: object = {}): Event =>
  event('completed', { response: { id: 'r', model: 'real', status: 'completed', output, ...more } });
const added = (item: object, index = 0): Event => event('output_item.added', { output_index: index, item });
const done = (item: object, index = 0): Event => event('output_item.done', { output_index: index, item });
const tea = [delta('Tea '), delta('at four.')];

describe('an answer of the Responses API', () => {
  it('is read from its deltas, or from any of its wholes, once', async () => {
    const partDone = event('content_part.done', {
      output_index: 0,
      content_index: 0,
      part: { type: 'output_text', text: 'Tea at four.' },
    });
    const textDone = event('output_text.done', { output_index: 0, content_index: 0, text: 'Tea at four.' });
    const item = message('Tea at four.');
    for (const events of [
      [...tea, completed()],
      [...tea, textDone, partDone, done(item), completed([item])],
      [textDone, completed()],
      [partDone, completed()],
      [done(item), completed()],
      [completed([item])],
      [delta('Tea '), completed([item])],
      [...tea, completed([message('Coffee.')])],
      [...tea, event('done', { response: { status: 'completed' } }), delta('more')],
    ]) {
      const answer = await read(events);
      assert.deepEqual([answer.text, answer.finishReason], ['Tea at four.', 'stop'], JSON.stringify(events));
    }
  });

  it('is the same however its events are framed and cut', async () => {
    const events = [event('created', { response: { id: 'r', model: 'level', store: false } }), ...tea, completed()];
    const whole = await read(events);
    assert.deepEqual(whole.metadata, { id: 'r', model: 'real', object: 'response', stored: false });
    const named = events
      .map(({ type, ...data }) => `event: ${String(type)}\ndata: ${JSON.stringify(data)}\n\n`)
      .join('');
    const after = events.map((each) => `data: ${JSON.stringify(each)}\nevent: ${String(each['type'])}\n\n`).join('');
    for (const text of [stream(events), named, after, `${stream(events)}data: [DONE]\n\n`]) {
      const body = Buffer.from(text);
      for (let at = 0; at <= body.length; at += 3) {
        assert.deepEqual(await gather(decode([body.subarray(0, at), body.subarray(at)])), whole);
      }
    }
  });

  it('may come whole', async () => {
    const body = {
      object: 'response',
      id: 'r',
      status: 'completed',
      output: [message('Tea.')],
      usage: { input_tokens: 1 },
    };
    const answer = await gather(decode(JSON.stringify(body, undefined, 1)));
    assert.deepEqual([answer.text, answer.usage], ['Tea.', { promptTokens: 1 }]);
  });

  it('needs no index and no id that stays', async () => {
    const events = [
      event('output_item.added', { item: { type: 'message', id: 'a' } }),
      event('output_text.delta', { item_id: 'b', delta: 'Tea ' }),
      event('output_text.delta', { item_id: 'c', delta: 'at four.' }),
      event('output_item.done', { item: message('Tea at four.', { id: 'd' }) }),
      completed([message('Tea at four.', { id: 'e' })]),
    ];
    assert.equal((await read(events)).text, 'Tea at four.');
  });

  it('has a blank line between two messages, and what is said on the way apart', async () => {
    const events = [
      added({ type: 'message', phase: 'commentary' }),
      delta('I look.'),
      added({ type: 'message' }, 1),
      delta('Tea.', 1),
      added({ type: 'message' }, 2),
      delta('Cake.', 2),
      completed([message('I look.', { phase: 'commentary' }), message('Tea.'), message('Cake.')]),
    ];
    const answer = await read(events);
    assert.deepEqual([answer.text, answer.reasoning], ['Tea.\n\nCake.', 'I look.']);
  });

  it('has its reasoning in the form that comes first, in paragraphs', async () => {
    const reasoning = (kind: string, text: string, index: number) =>
      event(`${kind}.delta`, { output_index: 0, summary_index: index, content_index: index, delta: text });
    const summary = { type: 'reasoning', summary: [{ text: 'One.' }, { text: 'Two.' }], content: [{ text: 'All.' }] };
    const events = [
      reasoning('reasoning_summary_text', 'One.', 0),
      reasoning('reasoning_text', 'All.', 0),
      reasoning('reasoning_summary_text', 'Two.', 1),
      delta('Tea.', 1),
      completed([summary, message('Tea.')]),
    ];
    assert.equal((await read(events)).reasoning, 'One.\n\nTwo.');
    assert.equal((await read([completed([summary, message('Tea.')])])).reasoning, 'All.');
  });

  it('may be a refusal, or hold <think>', async () => {
    const refusal = event('refusal.delta', { output_index: 0, content_index: 0, delta: 'No tea.' });
    assert.equal((await read([refusal, completed()])).text, 'No tea.');
    const answer = await read([delta('<think>Hm</think>Tea.'), completed()]);
    assert.deepEqual([answer.text, answer.reasoning], ['Tea.', 'Hm']);
  });

  for (const [reason, expected] of [
    ['max_output_tokens', 'length'],
    ['REASON_MAX_LEN', 'length'],
    ['server_timeout', 'other'],
  ] as const) {
    it(`ends with ${expected} where it is incomplete for ${reason}`, async () => {
      const end = event('incomplete', { response: { status: 'incomplete', incomplete_details: { reason } } });
      assert.equal((await read([...tea, end])).finishReason, expected);
    });
  }

  it('was cut where it took all tokens that were asked for, though the server does not say so', async () => {
    const usage = { output_tokens: 20 };
    assert.equal((await read([...tea, completed([], { usage })], 20)).finishReason, 'length');
    assert.equal((await read([...tea, completed([], { usage })], 21)).finishReason, 'stop');
  });

  it('is empty where nothing came, and lost where it has no end', async () => {
    assert.equal((await failed(stream([completed()]))).failure.kind, 'emptyAnswer');
    assert.deepEqual(await failed(stream(tea)), {
      text: 'Tea at four.',
      failure: { kind: 'connectionLost', partial: true },
      words: undefined,
    });
    assert.equal((await read([...tea, done(message('Tea at four.'))])).finishReason, 'unspecified');
  });

  it('tells what the server does on the way', async () => {
    const progress: unknown[] = [];
    const events = [
      event('reasoning.search_queries', { queries: ['tea'] }),
      event('reasoning.fetch_url_queries', { urls: ['https://a.example'] }),
      event('web_search_call.searching'),
      ...tea,
      completed(),
    ];
    for await (const each of decode(stream(events))) if (each.type === 'progress') progress.push(each.progress);
    assert.deepEqual(progress, [
      { kind: 'searching', what: ['tea'] },
      { kind: 'reading', what: ['https://a.example'] },
      { kind: 'searching', what: [] },
    ]);
  });
});

describe('a call of a tool on the Responses API', () => {
  const call = (type: string) => ({ type, name: 'search' });

  it('is the model’s, and told, where nothing follows it', async () => {
    for (const type of ['function_call', 'custom_tool_call', 'mcp_approval_request']) {
      const { text, failure } = await failed(stream([...tea, completed([message('Tea at four.'), call(type)])]));
      assert.deepEqual([text, failure], ['Tea at four.', { kind: 'toolCall', tool: 'search' }]);
    }
  });

  it('is the server’s own where a message, its output or its results follow', async () => {
    for (const next of [message('Tea.'), { type: 'shell_call_output' }, { type: 'search_results', results: [] }]) {
      const items = [call('custom_tool_call'), next, message('Tea.')];
      assert.equal(
        (await read([...items.map((item, index) => done(item, index)), completed(items)])).text.slice(0, 4),
        'Tea.',
      );
    }
  });
});

describe('an error on the Responses API', () => {
  const bare = { type: 'error', error: { code: null, message: 'Sorry.' } };
  const last = event('failed', {
    response: { status: 'failed', error: { code: 'insufficient_quota', message: 'No quota.' } },
  });

  it('is told once, with the words that come first, and keeps the text', async () => {
    for (const [events, words] of [
      [[bare, last], 'Sorry.'],
      [[{ type: 'error', code: 'x', message: 'Flat.' }, last], 'Flat.'],
      [[{ type: 'error', error: {} }, last], 'No quota.'],
      [[last], 'No quota.'],
      [[event('failed', { error: { message: 'Above.' }, response: { status: 'failed', error: null } })], 'Above.'],
    ] as const) {
      const result = await failed(stream([...tea, ...events]));
      assert.deepEqual([result.text, result.words], ['Tea at four.', words]);
    }
    assert.equal(
      (await failed(stream([...tea, event('cancelled', { response: { status: 'cancelled' } })]))).text,
      'Tea at four.',
    );
  });

  it('means what its code means', async () => {
    const { error } = await gatherUntilError(decode(stream([last])));
    const request = { url: 'https://a.example', credential: { kind: 'key' }, fields: [] } as const;
    const located = locatedError(error, request, { partial: false, status: 200 });
    assert.ok(located instanceof CompletionError);
    assert.equal(located.failure.kind, 'noCredit');
  });

  it('is that the server answers in the background, or on the other API', async () => {
    assert.equal((await failed('{"object":"response","status":"queued","output":[]}')).failure.kind, 'background');
    const other = await failed(eventStream([chatDelta('x'), chatEnd('stop')]));
    assert.deepEqual(other.failure, { kind: 'otherWire', wire: 'chat-completions' });
    const { error } = await gatherUntilError(decodeStream(bytes([stream([event('created'), ...tea])])));
    assert.ok(error instanceof CompletionError);
    assert.deepEqual(error.failure, { kind: 'otherWire', wire: 'responses' });
  });
});

describe('the sources of an answer of the Responses API', () => {
  const result = (id: unknown, name: string) => ({
    id,
    url: `https://${name}.example/`,
    title: name,
    snippet: `${name} says`,
  });
  const marks = ({ citations }: Answer) => citations.map(({ mark, title }) => [mark, title]);

  it('have their ids as marks, over all searches, and come once', async () => {
    const item = (...results: object[]) => ({ type: 'search_results', results });
    const first = [result(1, 'a'), result(2, 'b')];
    const second = [result(11, 'c')];
    const events = [
      event('reasoning.search_results', { results: first }),
      done(item(...first)),
      event('reasoning.search_results', { results: second }),
      ...tea,
      completed([item(...first), item(...second), message('Tea at four.')]),
    ];
    const answer = await read(events);
    assert.deepEqual(marks(answer), [
      ['1', 'a'],
      ['2', 'b'],
      ['11', 'c'],
    ]);
    assert.equal(answer.citations[0]?.snippet, 'a says');
  });

  it('count places where an id is there twice or missing', async () => {
    for (const results of [
      [result(1, 'a'), result(1, 'b')],
      [result(undefined, 'a'), result(7, 'b')],
    ]) {
      const answer = await read([event('reasoning.search_results', { results }), ...tea, completed()]);
      assert.deepEqual(marks(answer), [
        ['1', 'a'],
        ['2', 'b'],
      ]);
    }
  });

  it('have no mark where a page was read or only annotated', async () => {
    const annotation = (name: string) => ({
      type: 'url_citation',
      url: `https://${name}.example/`,
      title: `https://${name}.example/`,
      start_index: 0,
      end_index: 0,
    });
    const events = [
      event('reasoning.fetch_url_results', { contents: [{ url: 'https://z.example/', title: 'z' }] }),
      ...tea,
      completed([message('Tea at four.')]),
    ];
    assert.deepEqual(marks(await read(events)), [[undefined, 'z']]);
    const annotated = [
      ...tea,
      event('output_text.annotation.added', { annotation: annotation('a') }),
      event('output_text.annotation.added', { annotation: annotation('a') }),
      event('output_text.annotation.added', { annotation: { type: 'file_citation', file_id: 'f' } }),
      completed(),
    ];
    assert.deepEqual((await read(annotated)).citations, [{ url: 'https://a.example/' }]);
  });

  it('are those of the search itself where nothing else came', async () => {
    const search = { type: 'web_search_call', action: { sources: [{ type: 'url', url: 'https://s.example/' }] } };
    assert.deepEqual((await read([done(search), ...tea, completed([search])])).citations, [
      { url: 'https://s.example/' },
    ]);
  });
});
