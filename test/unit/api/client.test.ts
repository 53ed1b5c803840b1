import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { complete, readText } from '../../../src/api/client.ts';
import { describeError } from '../../../src/api/describe.ts';
import { CompletionError } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import type { Connection } from '../../../src/api/connection/connection.ts';
import { buildRequest } from '../../../src/api/request.ts';
import { type Transport } from '../../../src/network/transport.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { bytes, delta, end, eventStream, gather, gatherUntilError } from './decoding.ts';
import { closed, closedPort, readBody, serveHttp, type LocalServer } from '../network/localServer.ts';

const key = 'sk-canary-0123456789';

interface AskOptions {
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What every reference to a secret stands for. */
  readonly secret?: string;
  readonly signal?: AbortSignal;
  readonly via?: Transport;
}

describe('complete', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  const never = new AbortController().signal;
  const answer = eventStream([delta('Yes.'), end('stop')]);

  after(() => transport.close());

  function ask(
    server: Pick<LocalServer, 'port'>,
    { apiKey = key, headers = {}, secret, signal = never, via = transport }: AskOptions = {},
  ): AsyncGenerator<CompletionEvent, void> {
    const connection: Connection = {
      name: 'local',
      baseUrl: `http://127.0.0.1:${server.port}`,
      model: 'm',
      parameters: { top_k: 3, max_tokens: 100 },
      penaltyRange: 'documented',
      stream: true,
      includeUsage: false,
      headers,
      extraBody: { seed: 7 },
    };
    const messages = [{ role: 'user', content: 'Why?' }] as const;
    const request = buildRequest({ connection, messages }, ({ kind }) =>
      kind === 'apiKey' ? apiKey || undefined : secret,
    );
    return complete(request, via, signal);
  }

  it('sends the request and tells the answer', async () => {
    let sent: unknown;
    let path: string | undefined;
    await using server = await serveHttp(async (request, response) => {
      path = request.url;
      sent = JSON.parse(await readBody(request));
      response.end(answer);
    });
    const { text, finishReason } = await gather(ask(server));
    assert.deepEqual(
      { text, finishReason, path },
      { text: 'Yes.', finishReason: 'stop', path: '/v1/chat/completions' },
    );
    assert.deepEqual(sent, {
      model: 'm',
      messages: [{ role: 'user', content: 'Why?' }],
      top_k: 3,
      max_tokens: 100,
      stream: true,
      seed: 7,
    });
  });

  for (const [status, headers, body, failure] of [
    [400, {}, { error: { message: 'seed is too high', param: 'seed' } }, { kind: 'badRequest', parameter: 'seed' }],
    [422, {}, { detail: [{ loc: ['body', 'top_k'], msg: 'bad' }] }, { kind: 'badRequest', parameter: 'top_k' }],
    [400, {}, { error: { message: 'Unknown field top_k' } }, { kind: 'badRequest', parameter: 'top_k' }],
    [400, {}, { error: 'no' }, { kind: 'badRequest' }],
    [
      400,
      {},
      { error: { message: "'max_tokens' is not supported, use 'max_completion_tokens'", param: 'max_tokens' } },
      { kind: 'badRequest', parameter: 'max_tokens', replacement: 'max_completion_tokens' },
    ],
    [400, {}, { error: { message: 'x', code: 'context_length_exceeded' } }, { kind: 'tooLarge' }],
    [413, {}, {}, { kind: 'tooLarge' }],
    [401, {}, {}, { kind: 'keyRefused' }],
    [403, {}, {}, { kind: 'keyRefused' }],
    [402, {}, {}, { kind: 'noCredit' }],
    [429, {}, { error: { message: 'x', code: 'insufficient_quota' } }, { kind: 'noCredit' }],
    [404, {}, {}, { kind: 'notFound' }],
    [407, {}, {}, { kind: 'cannotConnect', reason: 'proxyCredentials', code: 'ERR_PROXY_CREDENTIALS' }],
    [500, {}, {}, { kind: 'serverError' }],
    [502, {}, {}, { kind: 'serverError' }],
    [418, {}, {}, { kind: 'unexpectedStatus' }],
    [308, { location: 'https://example.com/v2' }, {}, { kind: 'redirect', target: 'https://example.com/v2' }],
  ] as const) {
    it(`reports ${status} ${JSON.stringify(body)} without asking again`, async () => {
      let requests = 0;
      await using server = await serveHttp((_, response) => {
        requests++;
        response.writeHead(status, headers).end(JSON.stringify(body));
      });
      const error = await failed(ask(server));
      assert.deepEqual(error.failure, failure);
      assert.equal(error.status, status);
      assert.equal(error.url, `http://127.0.0.1:${server.port}/v1/chat/completions`);
      assert.equal(requests, 1);
    });
  }

  it('says what an error is about that comes in the place of an answer, but not of one in mid-stream', async () => {
    const long = { error: { message: 'The prompt is greater than the context length of only 4096 tokens' } };
    for (const [chunks, kind] of [
      [[long], 'tooLarge'],
      [[{ error: 'Insufficient credits' }], 'noCredit'],
      [[{ error: 'Overloaded' }], 'errorObject'],
      [[delta('Half'), long], 'errorObject'],
    ] as const) {
      await using server = await serveHttp((_, response) => response.end(eventStream(chunks)));
      const { failure, status, serverMessage } = await failed(ask(server));
      assert.deepEqual([failure.kind, status], [kind, 200]);
      assert.ok(serverMessage);
    }
  });

  for (const status of [401, 403]) {
    it(`says at ${status} that there is no key when none was sent`, async () => {
      await using server = await serveHttp(({ headers }, response) => {
        response.writeHead(headers.authorization === undefined ? status : 200).end();
      });
      assert.deepEqual((await failed(ask(server, { apiKey: '' }))).failure, { kind: 'noKey' });
    });
  }

  it('says at 401 which secret of a header was refused where that stands in for a key', async () => {
    await using server = await serveHttp((_, response) => response.writeHead(401).end());
    const headers = { 'X-Team': '${secret:TEAM}' };
    assert.deepEqual((await failed(ask(server, { apiKey: '', headers, secret: 'from-store' }))).failure, {
      kind: 'headerRefused',
      secret: 'TEAM',
    });
  });

  for (const status of [429, 503]) {
    it(`asks again after ${status}, at most twice`, async () => {
      let requests = 0;
      await using server = await serveHttp((_, response) => {
        requests++;
        response.writeHead(status, { 'retry-after': '0' }).end();
      });
      const error = await failed(ask(server));
      assert.equal(error.failure.kind, status === 429 ? 'rateLimit' : 'serverError');
      assert.equal(requests, 3);
    });
  }

  it('tells of a retry, then the answer', async () => {
    let requests = 0;
    await using server = await serveHttp((_, response) => {
      if (requests++ === 0) response.writeHead(429, { 'retry-after': '0' }).end();
      else response.end(answer);
    });
    const types: string[] = [];
    for await (const { type } of ask(server)) types.push(type);
    assert.deepEqual(types, ['retry', 'metadata', 'text', 'finish']);
  });

  it('does not wait longer than a minute by itself, and says when to retry', async () => {
    await using server = await serveHttp((_, response) => response.writeHead(429, { 'retry-after': '120' }).end());
    const { failure } = await failed(ask(server));
    assert.ok(failure.kind === 'rateLimit' && failure.retryAt !== undefined && failure.retryAt > Date.now());
  });

  it('asks again where no connection was made, and can be cancelled while it waits', async () => {
    const controller = new AbortController();
    const events = ask({ port: await closedPort() }, { signal: controller.signal });
    const { value } = await events.next();
    assert.ok(value?.type === 'retry');
    assert.deepEqual(value.error.failure, { kind: 'cannotConnect', reason: 'refused', code: 'ECONNREFUSED' });
    const next = events.next();
    controller.abort();
    await assert.rejects(next, { name: 'AbortError' });
  });

  it('ends its wait at once when it is skipped', async () => {
    let requests = 0;
    await using server = await serveHttp((_, response) => {
      if (requests++ === 0) response.writeHead(429, { 'retry-after': '59' }).end();
      else response.end(answer);
    });
    const events = ask(server);
    const { value } = await events.next();
    assert.ok(value?.type === 'retry' && value.delay > 50_000);
    value.skip();
    assert.equal((await gather(events)).text, 'Yes.');
  });

  it('never asks again once the request was written', async () => {
    let requests = 0;
    await using server = await serveHttp((request) => {
      requests++;
      request.socket.destroy();
    });
    assert.deepEqual((await failed(ask(server))).failure, { kind: 'connectionLost', partial: false });
    assert.equal(requests, 1);
  });

  it('reads of a refusal what comes, however long it is or where it breaks off', async () => {
    for (const write of [
      (response: ServerResponse) => void response.end(`{"error":"${'x'.repeat(200_000)}"}`),
      (response: ServerResponse) => void response.write('Not', () => response.destroy()),
    ]) {
      await using server = await serveHttp((_, response) => write(response.writeHead(400)));
      const { error } = await gatherUntilError(ask(server));
      assert.ok(error instanceof CompletionError);
      assert.equal(error.failure.kind, 'badRequest');
      assert.ok((error.serverMessage?.length ?? 0) < 200_000);
    }
  });

  it('reads of a refusal each piece', async () => {
    assert.equal(await readText(bytes(['{"error":', '"busy"}'])), '{"error":"busy"}');
  });

  it('keeps the text that came before the connection was lost', async () => {
    await using server = await serveHttp((_, response) => {
      response.write(eventStream([delta('Half ')], '\n', ''), () => setImmediate(() => response.destroy()));
    });
    const { answer: got, error } = await gatherUntilError(ask(server));
    assert.equal(got.text, 'Half ');
    assert.ok(error instanceof CompletionError);
    assert.deepEqual(error.failure, { kind: 'connectionLost', partial: true });
    assert.equal(error.responseId, 'answer');
  });

  it('has the whole answer where the connection is lost behind its end, or nothing more comes', async () => {
    const whole = eventStream([delta('Yes.'), end('stop')], '\n', '');
    const impatient = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 50 });
    for (const leave of [(response: ServerResponse) => setImmediate(() => response.destroy()), () => {}]) {
      await using server = await serveHttp((_, response) => response.write(whole, () => leave(response)));
      const got = await gather(ask(server, { via: impatient }));
      assert.deepEqual([got.text, got.finishReason], ['Yes.', 'stop']);
    }
    await impatient.close();
  });

  it('closes the connection when it is cancelled while the words of a refusal come', async () => {
    const begun = Promise.withResolvers<void>();
    await using server = await serveHttp((_, response) => {
      response.writeHead(400).write('No', () => begun.resolve());
    });
    const controller = new AbortController();
    const next = ask(server, { signal: controller.signal }).next();
    await begun.promise;
    controller.abort();
    await assert.rejects(next, { name: 'AbortError' });
    await closed(await server.connection());
  });

  it('closes the connection when it is cancelled in mid-stream', async () => {
    await using server = await serveHttp((_, response) => response.write(eventStream([delta('x')], '\n', '')));
    const controller = new AbortController();
    const { error } = await gatherUntilError(
      (async function* () {
        for await (const event of ask(server, { signal: controller.signal })) {
          yield event;
          if (event.type === 'text') controller.abort();
        }
      })(),
    );
    assert.ok(error instanceof Error && error.name === 'AbortError');
    await closed(await server.connection());
  });

  it('never shows the key, wherever a server echoes it', async () => {
    const echoes: readonly ((request: IncomingMessage, response: ServerResponse) => void)[] = [
      ({ headers }, response) =>
        response.writeHead(401, { 'x-request-id': key }).end(JSON.stringify({ error: headers.authorization })),
      (_, response) => response.writeHead(302, { location: `https://example.com/?key=${key}` }).end(),
      (_, response) => response.writeHead(400).end(JSON.stringify({ error: { message: key, param: key } })),
      (_, response) => response.end(`<html><title>${key}</title></html>`),
      (_, response) => response.end(eventStream([{ error: { message: `bad ${key}` }, id: key }])),
    ];
    for (const echo of echoes) {
      await using server = await serveHttp(echo);
      const error = await failed(ask(server));
      const report = describeError(error, translator());
      assert.ok(!JSON.stringify([error, report, String(error.stack)]).includes(key));
      assert.ok(JSON.stringify(report).includes('•••'));
    }
  });

  it('refuses a key that no header can hold, without sending anything', async () => {
    await using server = await serveHttp((_, response) => response.end(answer));
    assert.throws(
      () => ask(server, { apiKey: 'two\r\nlines' }),
      (error) => error instanceof CompletionError && error.failure.kind === 'unusableKey',
    );
    assert.equal(server.sockets.length, 0);
  });
});

async function failed(events: AsyncIterable<CompletionEvent>): Promise<CompletionError> {
  const { error } = await gatherUntilError(events);
  assert.ok(error instanceof CompletionError, String(error));
  return error;
}
