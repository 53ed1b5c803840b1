import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib';
import { type HttpResponse, type Network, type Transport } from '../../../src/network/transport.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { closed, closedPort, readBody, serveHttp, serveTcp } from './localServer.ts';
import { bodyText, failure } from '../api/outcome.ts';

describe('createTransport', () => {
  const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };
  const never = new AbortController().signal;
  let transport: Transport;

  beforeEach(() => {
    transport = createTransport(timeouts);
  });

  afterEach(() => transport.close());

  function post(port: number, signal = never, via = transport, protocol = 'http'): Promise<HttpResponse> {
    return via.send(
      { url: `${protocol}://127.0.0.1:${port}/v1?a=b`, headers: { 'X-Test': 'yes' }, body: '{"é":1}' },
      signal,
    );
  }

  it('posts the body to the URL with the headers, and asks for no encoding', async () => {
    await using server = await serveHttp(async (request, response) => {
      const body = await readBody(request);
      const { method, url, headers } = request;
      response.end(
        JSON.stringify({ method, url, test: headers['x-test'], encoding: headers['accept-encoding'], body }),
      );
    });
    const { status, body } = await post(server.port);
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(await bodyText(body)), {
      method: 'POST',
      url: '/v1?a=b',
      test: 'yes',
      body: '{"é":1}',
    });
  });

  it('passes on each chunk as it arrives', async () => {
    const answer = Promise.withResolvers<ServerResponse>();
    await using server = await serveHttp((_, response) => {
      response.write('one');
      answer.resolve(response);
    });
    const { body } = await post(server.port);
    const pieces = body[Symbol.asyncIterator]();
    assert.equal(String(Buffer.from((await pieces.next()).value)), 'one');
    (await answer.promise).end('two');
    assert.equal(String(Buffer.from((await pieces.next()).value)), 'two');
    assert.equal((await pieces.next()).done, true);
  });

  it('joins repeated header fields', async () => {
    await using server = await serveHttp((_, response) => response.setHeader('X-Note', ['a', 'b']).end());
    const { headers } = await post(server.port);
    assert.equal(headers['x-note'], 'a, b');
  });

  it('does not follow redirects', async () => {
    let requests = 0;
    await using server = await serveHttp((_, response) => {
      requests++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const { status, headers, body } = await post(server.port);
    await bodyText(body);
    assert.equal(status, 307);
    assert.equal(headers['location'], '/elsewhere');
    assert.equal(requests, 1);
  });

  it('reuses a connection', async () => {
    await using server = await serveHttp((_, response) => response.end('ok'));
    await bodyText((await post(server.port)).body);
    await setImmediate();
    await bodyText((await post(server.port)).body);
    assert.equal(server.sockets.length, 1);
  });

  it('reuses a connection if the reader stopped just before the end', async () => {
    await using server = await serveHttp((_, response) => response.end('data'));
    for await (const _ of (await post(server.port)).body) break;
    await setImmediate();
    await bodyText((await post(server.port)).body);
    assert.equal(server.sockets.length, 1);
  });

  it('closes the connection if the reader stops early', async () => {
    await using server = await serveHttp((_, response) => response.write('one'));
    for await (const _ of (await post(server.port)).body) break;
    await closed(await server.connection());
  });

  describe('when cancelled', () => {
    it("before sending, doesn't connect", async () => {
      await using server = await serveHttp((_, response) => response.end());
      await assert.rejects(post(server.port, AbortSignal.abort()), { name: 'AbortError' });
      assert.equal(server.sockets.length, 0);
    });

    it('during the TLS handshake, closes the connection', async () => {
      await using server = await serveTcp((socket) => socket.resume());
      const controller = new AbortController();
      const response = post(server.port, controller.signal, transport, 'https');
      const socket = await server.connection();
      controller.abort();
      await assert.rejects(response, { name: 'AbortError' });
      await closed(socket);
    });

    it('while waiting for a response, closes the connection', async () => {
      const asked = Promise.withResolvers<void>();
      await using server = await serveHttp(() => asked.resolve());
      const controller = new AbortController();
      const response = post(server.port, controller.signal);
      await asked.promise;
      controller.abort();
      await assert.rejects(response, { name: 'AbortError' });
      await closed(await server.connection());
    });

    it('mid-stream, closes the connection', async () => {
      await using server = await serveHttp((_, response) => response.write('one'));
      const controller = new AbortController();
      const { body } = await post(server.port, controller.signal);
      const pieces = body[Symbol.asyncIterator]();
      await pieces.next();
      const next = pieces.next();
      controller.abort();
      await assert.rejects(next, { name: 'AbortError' });
      await closed(await server.connection());
    });
  });

  describe('fails', () => {
    it('as not connected if nobody listens', async () => {
      const error = await failure(post(await closedPort()));
      assert.equal(error.phase, 'connect');
      assert.equal((error.cause as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    });

    it("as not connected if the server doesn't speak TLS", async () => {
      await using server = await serveHttp((_, response) => response.end());
      const error = await failure(post(server.port, never, transport, 'https'));
      assert.equal(error.phase, 'connect');
      assert.match(String((error.cause as NodeJS.ErrnoException).code), /^ERR_SSL_|^EPROTO$|^ECONNRESET$/);
    });

    it('if connecting takes too long', async () => {
      await using server = await serveTcp((socket) => socket.resume());
      await using hasty = disposable(createTransport({ ...timeouts, connectTimeout: 30 }));
      const error = await failure(post(server.port, never, hasty.transport, 'https'));
      assert.equal(error.phase, 'connectTimeout');
      assert.equal(error.seconds, 0.03);
      await closed(await server.connection());
    });

    it('if no first byte arrives, with headers or without', async () => {
      await using server = await serveHttp((request, response) => {
        if (request.headers['x-test'] === 'yes') response.flushHeaders();
      });
      await using hasty = disposable(createTransport({ ...timeouts, firstByteTimeout: 60 }));
      const { body } = await post(server.port, never, hasty.transport);
      assert.equal((await failure(bodyText(body))).phase, 'firstByteTimeout');
      const silent = hasty.transport.send({ url: `http://127.0.0.1:${server.port}/`, headers: {}, body: '' }, never);
      assert.equal((await failure(silent)).phase, 'firstByteTimeout');
    });

    it('if the response stalls, and closes the connection', async () => {
      await using server = await serveHttp((_, response) => response.write('one'));
      await using hasty = disposable(createTransport({ ...timeouts, stallTimeout: 30 }));
      const { body } = await post(server.port, never, hasty.transport);
      const error = await failure(bodyText(body));
      assert.equal(error.phase, 'stalled');
      assert.equal(error.seconds, 0.03);
      await closed(await server.connection());
    });

    it('as lost if the connection breaks before the response', async () => {
      await using server = await serveHttp((request) => request.socket.destroy());
      assert.equal((await failure(post(server.port))).phase, 'lost');
    });

    it('as lost if the connection breaks mid-stream', async () => {
      await using server = await serveHttp((_, response) => response.write('one', () => response.destroy()));
      const { body } = await post(server.port);
      assert.equal((await failure(bodyText(body))).phase, 'lost');
    });
  });

  describe('decodes a compressed response', () => {
    it('with gzip, chunk by chunk', async () => {
      const asked = Promise.withResolvers<void>();
      await using server = await serveHttp((_, response) => {
        response.setHeader('content-encoding', 'gzip');
        const gzip = createGzip();
        gzip.pipe(response);
        gzip.write('one');
        gzip.flush();
        void asked.promise.then(() => gzip.end('two'));
      });
      const pieces = (await post(server.port)).body[Symbol.asyncIterator]();
      assert.equal(String(Buffer.from((await pieces.next()).value)), 'one');
      asked.resolve();
      assert.equal(String(Buffer.from((await pieces.next()).value)), 'two');
      assert.equal((await pieces.next()).done, true);
    });

    for (const [encoding, compress] of [
      ['br', brotliCompressSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['zstd', zstdCompressSync],
    ] as const) {
      it(`with ${encoding}`, async () => {
        await using server = await serveHttp((_, response) => {
          response.setHeader('content-encoding', encoding).end(compress('tides'));
        });
        assert.equal(await bodyText((await post(server.port)).body), 'tides');
      });
    }

    it('and closes the connection if the reader stops early', async () => {
      await using server = await serveHttp((_, response) => {
        response.setHeader('content-encoding', 'gzip');
        const gzip = createGzip();
        gzip.pipe(response);
        gzip.write('one');
        gzip.flush();
      });
      for await (const _ of (await post(server.port)).body) break;
      await closed(await server.connection());
    });
  });

  it('can be loaded before the first request', async () => {
    let reads = 0;
    const network: Network = {
      mode: 'undici',
      proxy: { proxy: '', noProxy: [], proxySupport: 'override', proxyAuthorization: '' },
      environment: {},
      authorities: async () => void reads++,
      fetch: () => assert.fail('not used'),
    };
    await using ahead = disposable(createTransport(timeouts, network));
    await ahead.transport.warm();
    assert.equal(reads, 1);
    await using server = await serveHttp((_, response) => response.end('ok'));
    assert.equal(await bodyText((await post(server.port, never, ahead.transport)).body), 'ok');
  });

  it('closes its connections when it is closed', async () => {
    // A server that never ends a connection by itself.
    await using server = await serveTcp((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
    );
    await bodyText((await post(server.port)).body);
    await transport.close();
    await closed(await server.connection());
  });
});

function disposable(transport: Transport): AsyncDisposable & { transport: Transport } {
  return { transport, [Symbol.asyncDispose]: () => transport.close() };
}
