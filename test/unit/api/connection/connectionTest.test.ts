import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { noAdaptation, type Adaptation } from '../../../../src/api/adaptation.ts';
import {
  checkNames,
  testConnection,
  type Check,
  type CheckName,
} from '../../../../src/api/connection/connectionTest.ts';
import { parseConnection } from '../../../../src/api/connection/connection.ts';
import { type Transport } from '../../../../src/network/transport.ts';
import { createTransport } from '../../../../src/network/createTransport.ts';
import { TransportError } from '../../../../src/network/transportError.ts';
import { translator } from '../../../../src/shared/l10n.ts';
import { bytes, delta, end, eventStream } from '../decoding.ts';
import { closedPort, readBody, serveHttp, serveTcp } from '../../network/localServer.ts';

type Answer = (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => void;

const usage = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };
const citations = { citations: ['https://a.example/1', 'https://a.example/2'] };
const say = (response: ServerResponse, more: object, last: object = { usage }): void => {
  response.end(eventStream([delta('1 2 ', { model: 'm-2', ...more }), delta('3 4 5', more), end('stop', last)]));
};
const refuse = (response: ServerResponse, status: number, error: object, headers = {}): void => {
  response.writeHead(status, headers).end(JSON.stringify({ error }));
};

describe('testConnection', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  after(() => transport.close());

  async function checks(
    port: number,
    fields: object = {},
    {
      key = 'sk-canary',
      via = transport,
      adaptation = noAdaptation,
    }: { key?: string; via?: Transport; adaptation?: Adaptation } = {},
  ): Promise<Map<CheckName, Check>> {
    const parsed = parseConnection(
      { name: 'p', baseUrl: `http://127.0.0.1:${port}`, model: 'm', ...fields },
      translator(),
    );
    assert.ok(parsed.kind === 'connection');
    const tested = { connection: parsed.connection, secret: () => key || undefined, transport: via, adaptation };
    const told = await Array.fromAsync(testConnection(tested, new AbortController().signal, translator()));
    assert.ok(!JSON.stringify(told).includes('canary'));
    const last = new Map(told.map((check) => [check.name, check]));
    assert.deepEqual(new Set(last.keys()), new Set(checkNames));
    return last;
  }

  async function run(answer: Answer, fields: object = {}, key?: string): Promise<Map<CheckName, Check>> {
    await using server = await serveHttp(async (request, response) => {
      if (request.method === 'GET') response.writeHead(404).end();
      else answer(response, JSON.parse(await readBody(request)), request);
    });
    return await checks(server.port, fields, key === undefined ? {} : { key });
  }

  const red = (told: Map<CheckName, Check>): CheckName[] =>
    [...told.values()].filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);

  it('passes in every line where a server does everything', async () => {
    const told = await run((response) => say(response, citations));
    assert.ok(
      [...told.values()].every(({ outcome }) => outcome === 'passed'),
      JSON.stringify([...told.values()]),
    );
    assert.match(told.get('url')?.detail ?? '', /^http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions$/);
    assert.match(told.get('model')?.detail ?? '', /^m-2, first words after \d+ ms/);
    assert.equal(told.get('usage')?.detail, '14 tokens.');
  });

  it('does not call failed what a server does not send', async () => {
    const told = await run((response) => say(response, {}, {}));
    assert.deepEqual(red(told), []);
    assert.equal(told.get('citations')?.outcome, 'notSent');
    assert.equal(told.get('usage')?.outcome, 'notSent');
  });

  it('finds out that usage is sent when it is asked for', async () => {
    const told = await run((response, body) => say(response, {}, body['stream_options'] ? { usage } : {}));
    assert.equal(told.get('usage')?.outcome, 'passed');
    assert.equal(told.get('usage')?.includeUsage, true);
  });

  for (const [name, answer, detail, fields] of [
    ['url', (response) => refuse(response, 404, { message: 'No such path' }), /Nothing was found at http/],
    ['url', (response) => response.end('<html><title>Sign in</title></html>'), /web page.*Sign in/],
    [
      'url',
      (response) => refuse(response, 308, {}, { location: 'https://b.example/' }),
      /redirected the request to another address.*https:\/\/b\.example/,
    ],
    ['key', (response) => refuse(response, 401, { message: 'bad key sk-canary' }), /rejected the API key/],
    ['key', (response) => refuse(response, 400, { message: 'API key not valid: sk-canary' }), /rejected the API key/],
    [
      'model',
      (response) => refuse(response, 404, { message: 'The model m does not exist' }),
      /doesn't have this model/,
    ],
    ['model', (response) => refuse(response, 500, { message: 'Out of order' }), /server failed/],
    ['model', (response) => response.end(eventStream([end('stop')])), /was empty/],
    [
      'streaming',
      (response) =>
        response.end(
          JSON.stringify({
            object: 'chat.completion',
            choices: [{ message: { content: '1 2 3 4 5' }, finish_reason: 'stop' }],
            usage,
            ...citations,
          }),
        ),
      /arrived all at once/,
    ],
    [
      'streaming',
      (response, body) =>
        body['stream'] === true
          ? refuse(response, 400, { message: 'stream is not supported', param: 'stream' })
          : response.end(JSON.stringify({ choices: [{ message: { content: '1' } }], usage, ...citations })),
      /can't stream/,
    ],
    ['citations', (response) => say(response, { citations: ['one', 'two'] }), /2 of 2 sources have no URL/],
    [
      'usage',
      (response, body) =>
        body['stream_options'] ? refuse(response, 400, { message: 'no stream_options' }) : say(response, citations, {}),
      /rejects requests for usage/,
      { includeUsage: true },
    ],
  ] satisfies [CheckName, Answer, RegExp, object?][]) {
    it(`fails in the line ${name} alone where only that is wrong: ${detail.source}`, async () => {
      const told = await run(answer, fields);
      assert.deepEqual(red(told), [name]);
      assert.match(told.get(name)?.detail ?? '', detail);
    });
  }

  it('says that no key is needed where none is sent', async () => {
    const told = await run((response) => say(response, citations), {}, '');
    assert.equal(told.get('key')?.detail, 'No key is set, and none is needed.');
  });

  it('does not test streaming where it is switched off', async () => {
    const told = await run(
      (response) => response.end(JSON.stringify({ choices: [{ message: { content: '1' } }], usage, ...citations })),
      { stream: false },
    );
    assert.deepEqual(red(told), []);
    assert.deepEqual(told.get('streaming'), {
      name: 'streaming',
      outcome: 'untested',
      detail: 'Turned off in the connection.',
    });
  });

  it('adds up the tokens where the server does not', async () => {
    const told = await run((response) => say(response, citations, { usage: { ...usage, total_tokens: undefined } }));
    assert.equal(told.get('usage')?.detail, '14 tokens.');
  });

  it('fails in the line streaming where an answer breaks off', async () => {
    const told = await run((response) =>
      response.end(eventStream([delta('1 2 ', { ...citations, usage }), { error: { message: 'Overloaded' } }])),
    );
    assert.deepEqual(red(told), ['streaming']);
    assert.match(told.get('streaming')?.detail ?? '', /reported an error/);
  });

  it('fails in the line reachable where the server answers nothing, or only once', async () => {
    await using rude = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    const told = await checks(rude.port);
    assert.deepEqual(red(told), ['reachable']);
    assert.match(told.get('reachable')?.detail ?? '', /lost before an answer arrived/);
    const gone = new TransportError('connect', { cause: Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }) });
    const responses = [{ status: 404, headers: {}, body: bytes([]) }];
    const via: Transport = {
      send: async () => responses.shift() ?? Promise.reject(gone),
      warm: async () => {},
      close: async () => {},
    };
    assert.deepEqual(red(await checks(1, {}, { via })), ['reachable']);
  });

  it('fails in the line reachable alone where nobody listens', async () => {
    const told = await checks(await closedPort());
    assert.deepEqual(red(told), ['reachable']);
    assert.equal(told.get('url')?.outcome, 'passed');
    assert.equal(told.get('usage')?.outcome, 'untested');
  });

  it('tells of no failure once it is cancelled', async () => {
    const parsed = parseConnection({ name: 'p', baseUrl: 'http://127.0.0.1:1', model: 'm' }, translator());
    assert.ok(parsed.kind === 'connection');
    const leaving = new AbortController();
    const via: Transport = {
      send: async () => {
        leaving.abort();
        throw new TransportError('connect');
      },
      warm: async () => {},
      close: async () => {},
    };
    const tested = { connection: parsed.connection, secret: () => undefined, transport: via };
    const told: CheckName[] = [];
    const telling = async (): Promise<void> => {
      for await (const { name } of testConnection(tested, leaving.signal, translator())) told.push(name);
    };
    await assert.rejects(telling(), { name: 'AbortError' });
    assert.deepEqual(told, ['url']);
  });

  it('leaves out and renames what a question would', async () => {
    await using server = await serveHttp(async (request, response) => {
      const body = await readBody(request);
      if (/"(?:top_k|max_tokens)"/.test(body)) refuse(response, 400, { message: 'No top_k and no max_tokens' });
      else say(response, citations);
    });
    const parameters = { top_k: 3, max_tokens: 50 };
    const adaptation = { omitted: ['top_k'], renamed: { max_tokens: 'max_completion_tokens' } };
    assert.deepEqual(red(await checks(server.port, { parameters }, { adaptation })), []);
    assert.deepEqual(red(await checks(server.port, { parameters })), ['model']);
  });

  it('asks no more than once again, and leaves no parameter out', async () => {
    const bodies: unknown[] = [];
    await run(
      (response, body) => {
        bodies.push(body);
        say(response, {}, {});
      },
      { parameters: { top_k: 3 } },
    );
    assert.equal(bodies.length, 2);
    assert.ok(bodies.every((body) => (body as { top_k: number }).top_k === 3));
  });
});

describe('the test of a connection to the Responses API', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  after(() => transport.close());

  async function run(
    fields: object,
    store: boolean,
  ): Promise<{ asked: Record<string, unknown>[]; last: Map<CheckName, Check> }> {
    const asked: Record<string, unknown>[] = [];
    await using server = await serveHttp(async (request, response) => {
      if (request.method === 'GET') return void response.writeHead(404).end();
      const body = JSON.parse(await readBody(request)) as Record<string, unknown>;
      asked.push(body);
      const results = body['tools'] ? [{ id: 1, url: 'https://a.example/' }] : [];
      const head = { id: 'r', model: 'm', store };
      const events = [
        { type: 'response.created', response: head },
        { type: 'response.reasoning.search_results', results },
        { type: 'response.output_text.delta', delta: '1 2 ' },
        { type: 'response.output_text.delta', delta: '3 4 5' },
        {
          type: 'response.completed',
          response: { ...head, status: 'completed', usage: { total_tokens: 9, cost: 0.001 } },
        },
      ];
      response.end(eventStream(events));
    });
    const parsed = parseConnection(
      { name: 'p', baseUrl: `http://127.0.0.1:${server.port}`, api: 'responses', model: 'm', ...fields },
      translator(),
    );
    assert.ok(parsed.kind === 'connection');
    const tested = { connection: parsed.connection, secret: () => 'k', transport, adaptation: noAdaptation };
    const told = await Array.fromAsync(testConnection(tested, new AbortController().signal, translator()));
    return { asked, last: new Map(told.map((check) => [check.name, check])) };
  }

  it('names the API, the cost and whether the answer is kept, and searches only where that is on', async () => {
    const { asked, last } = await run({}, false);
    assert.equal(asked.length, 1);
    assert.equal(last.get('wire')?.detail, 'Responses API');
    assert.equal(last.get('usage')?.detail, '9 tokens, 0.001 USD.');
    assert.equal(last.get('citations')?.outcome, 'notSent');
    assert.equal(last.get('storage')?.outcome, 'passed');
    const searching = await run({ search: 'auto' }, true);
    assert.deepEqual(
      searching.asked.map((body) => 'tools' in body),
      [false, true],
    );
    assert.equal(searching.last.get('citations')?.outcome, 'passed');
    assert.equal(searching.last.get('storage')?.outcome, 'failed');
  });
});
