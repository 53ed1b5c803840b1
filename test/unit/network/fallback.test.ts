import assert from 'node:assert/strict';
import { type Network, type Transport, type TransportMode } from '../../../src/network/transport.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import type { Fetch } from '../../../src/network/transport.ts';
import { closed, closedPort, readBody, serveHttp, serveHttps, serveTcp, type LocalServer } from './localServer.ts';
import { serveHttpProxy } from './proxies.ts';
import { code, failure } from '../api/outcome.ts';

const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };
const never = new AbortController().signal;

describe("VS Code's fetch", () => {
  const transports: Transport[] = [];
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
  });

  function transportWith(
    editorFetch: Fetch,
    {
      mode = 'auto',
      proxy = '',
      limits = timeouts,
    }: { mode?: TransportMode; proxy?: string; limits?: typeof timeouts } = {},
  ): Transport {
    const network: Network = {
      mode,
      proxy: { proxy, noProxy: [], proxySupport: 'override', proxyAuthorization: '' },
      environment: {},
      authorities: async () => undefined,
      fetch: editorFetch,
    };
    const transport = createTransport(limits, network);
    transports.push(transport);
    return transport;
  }

  async function ask(transport: Transport, url: string, signal = never): Promise<string> {
    const { body } = await transport.send({ url, headers: { 'X-Test': 'yes' }, body: '{}' }, signal);
    return Buffer.concat(await Array.fromAsync(body)).toString();
  }

  describe('in mode auto', () => {
    /** A fetch that sends every request to one server and records the URLs. */
    function fetchThatReaches({ port }: LocalServer, sent: string[]): Fetch {
      return (url, options) => {
        sent.push(url);
        return fetch(`http://127.0.0.1:${port}/`, options);
      };
    }

    it("is not used while Askance's own connections reach the server", async () => {
      await using server = await serveHttp((_, response) => response.writeHead(503).end('busy'));
      const transport = transportWith(() => assert.fail('used'));
      assert.equal(await ask(transport, `http://127.0.0.1:${server.port}/`), 'busy');
    });

    for (const [what, blocked] of [
      ['a name that is not found', async () => ({ url: 'http://api.example.invalid/v1' })],
      ['a port that nobody listens on', async () => ({ url: `http://127.0.0.1:${await closedPort()}/v1` })],
      ['a proxy that is not there', async () => ({ url: 'https://a.test/', proxy: `127.0.0.1:${await closedPort()}` })],
      ['a setting that names no proxy', async () => ({ url: 'https://a.test/', proxy: 'gopher://a' })],
    ] as const) {
      it(`takes over after ${what}, and is tried first from then on`, async () => {
        let requests = 0;
        await using server = await serveHttp((_, response) => response.end(`answer ${++requests}`));
        const sent: string[] = [];
        const { url, ...settings } = await blocked();
        const transport = transportWith(fetchThatReaches(server, sent), settings);
        assert.equal(await ask(transport, url), 'answer 1');
        assert.equal(await ask(transport, url), 'answer 2');
        assert.deepEqual(sent, [url, url]);
      });
    }

    it('takes over after an untrusted certificate', async () => {
      let requests = 0;
      await using distrusted = await serveHttps(() => requests++);
      await using server = await serveHttp((_, response) => response.end('ok'));
      const sent: string[] = [];
      const transport = transportWith(fetchThatReaches(server, sent));
      assert.equal(await ask(transport, `https://localhost:${distrusted.port}/`), 'ok');
      assert.deepEqual([sent.length, requests], [1, 0]);
    });

    it('takes over after a connect timeout', async () => {
      await using silent = await serveTcp((socket) => socket.resume());
      await using server = await serveHttp((_, response) => response.end('ok'));
      const limits = { ...timeouts, connectTimeout: 30 };
      const transport = transportWith(fetchThatReaches(server, []), { limits });
      assert.equal(await ask(transport, `https://127.0.0.1:${silent.port}/`), 'ok');
    });

    for (const scheme of ['http', 'https'])
      it(`takes over after a proxy that asks for credentials, with ${scheme}`, async () => {
        await using proxy = await serveHttpProxy(0, 'me:secret');
        await using server = await serveHttp((_, response) => response.end('ok'));
        const transport = transportWith(fetchThatReaches(server, []), { proxy: `127.0.0.1:${proxy.port}` });
        assert.equal(await ask(transport, `${scheme}://a.test/`), 'ok');
        assert.equal(proxy.asked.length, 1);
      });

    it('is remembered per origin', async () => {
      await using server = await serveHttp((request, response) => response.end(request.url));
      const transport = transportWith(fetchThatReaches(server, []));
      assert.equal(await ask(transport, `http://127.0.0.1:${await closedPort()}/v1`), '/');
      assert.equal(await ask(transport, `http://127.0.0.1:${server.port}/own`), '/own');
    });

    it("gives way to Askance's own connections when it can no longer connect", async () => {
      await using server = await serveHttp((request, response) => response.end(request.url));
      const url = `http://127.0.0.1:${server.port}/own`;
      const port = await closedPort();
      const reachable = [true, false];
      const transport = transportWith((target, options) =>
        fetch(
          reachable.shift() ? target.replace(String(port), String(server.port)) : `http://127.0.0.1:${port}`,
          options,
        ),
      );
      assert.equal(await ask(transport, `http://127.0.0.1:${port}/first`), '/first');
      await using late = await serveHttp((_, response) => response.end('own'), port);
      assert.equal(await ask(transport, `http://127.0.0.1:${late.port}/second`), 'own');
      assert.equal(await ask(transport, url), '/own');
    });

    it('is never tried if the request may have arrived', async () => {
      let requests = 0;
      await using server = await serveHttp(async (request) => {
        requests++;
        await readBody(request);
        request.socket.destroy();
      });
      const error = await failure(
        ask(
          transportWith(() => assert.fail('used')),
          `http://127.0.0.1:${server.port}/`,
        ),
      );
      assert.equal(error.phase, 'lost');
      assert.equal(requests, 1);
    });

    it('is never tried after a response that timed out or broke off', async () => {
      await using server = await serveHttp(({ url }, response) => {
        if (url === '/broken') response.write('one', () => response.destroy());
      });
      const transport = transportWith(() => assert.fail('used'), { limits: { ...timeouts, firstByteTimeout: 60 } });
      assert.equal((await failure(ask(transport, `http://127.0.0.1:${server.port}/`))).phase, 'firstByteTimeout');
      assert.equal((await failure(ask(transport, `http://127.0.0.1:${server.port}/broken`))).phase, 'lost');
    });

    it('is not tried after a cancel', async () => {
      await using server = await serveTcp((socket) => socket.resume());
      const controller = new AbortController();
      const transport = transportWith(() => assert.fail('used'));
      const answer = ask(transport, `https://127.0.0.1:${server.port}/`, controller.signal);
      const socket = await server.connection();
      controller.abort();
      await assert.rejects(answer, { name: 'AbortError' });
      await closed(socket);
    });

    it('reports the first error if neither connects, the second if that one may have sent', async () => {
      const url = `http://api.example.invalid:${await closedPort()}/`;
      const refused = await failure(
        ask(
          transportWith((_, options) => fetch(url.replace('api.example.invalid', '127.0.0.1'), options)),
          url,
        ),
      );
      assert.equal(code(refused), 'ENOTFOUND');
      await using server = await serveHttp((request) => request.socket.destroy());
      const lost = await failure(ask(transportWith(fetchThatReaches(server, [])), url));
      assert.equal(lost.phase, 'lost');
    });
  });

  it('is not used in mode undici', async () => {
    const transport = transportWith(() => assert.fail('used'), { mode: 'undici' });
    assert.equal(code(await failure(ask(transport, `http://127.0.0.1:${await closedPort()}/`))), 'ECONNREFUSED');
  });

  describe('in mode vscode', () => {
    it('sends the whole request and asks for no encoding', async () => {
      await using server = await serveHttp(async (request, response) => {
        const { method, headers } = request;
        const body = await readBody(request);
        response.writeHead(201, { 'X-Answer': 'a' });
        response.end(JSON.stringify([method, headers['x-test'], headers['accept-encoding'], body]));
      });
      const transport = transportWith(fetch, { mode: 'vscode' });
      const request = { url: `http://127.0.0.1:${server.port}/`, headers: { 'X-Test': 'yes' }, body: '{}' };
      const { status, headers, body } = await transport.send(request, never);
      assert.deepEqual([status, headers['x-answer']], [201, 'a']);
      const text = Buffer.concat(await Array.fromAsync(body)).toString();
      assert.deepEqual(JSON.parse(text), ['POST', 'yes', 'identity', '{}']);
    });

    it('follows no redirect and reads a response without a body', async () => {
      let requests = 0;
      await using server = await serveHttp((_, response) => {
        requests++;
        response.writeHead(requests === 1 ? 307 : 204, { location: '/elsewhere' }).end();
      });
      const transport = transportWith(fetch, { mode: 'vscode' });
      assert.equal(await ask(transport, `http://127.0.0.1:${server.port}/`), '');
      assert.equal(requests, 1);
      assert.equal(await ask(transport, `http://127.0.0.1:${server.port}/`), '');
    });

    it('closes the connection on cancel, both while waiting and mid-stream', async () => {
      for (const piece of [undefined, 'one']) {
        const asked = Promise.withResolvers<void>();
        await using server = await serveHttp((_, response) => {
          if (piece !== undefined) response.write(piece);
          asked.resolve();
        });
        const controller = new AbortController();
        const answer = ask(
          transportWith(fetch, { mode: 'vscode' }),
          `http://127.0.0.1:${server.port}/`,
          controller.signal,
        );
        await asked.promise;
        controller.abort();
        await assert.rejects(answer, { name: 'AbortError' });
        await closed(await server.connection());
      }
    });

    it('reports a stall and a response that breaks off', async () => {
      await using server = await serveHttp(({ url }, response) => {
        response.write('one', () => url === '/broken' && response.destroy());
      });
      const transport = transportWith(fetch, { mode: 'vscode', limits: { ...timeouts, stallTimeout: 60 } });
      assert.equal((await failure(ask(transport, `http://127.0.0.1:${server.port}/`))).phase, 'stalled');
      assert.equal((await failure(ask(transport, `http://127.0.0.1:${server.port}/broken`))).phase, 'lost');
    });

    for (const [message, expected] of [
      ['Proxy response (407) !== 200 when HTTP Tunneling', ['connect', 'ERR_PROXY_CREDENTIALS']],
      ['Proxy Authentication Required (407)', ['connect', 'ERR_PROXY_CREDENTIALS']],
      ['proxy authentication required', ['connect', 'ERR_PROXY_CREDENTIALS']],
      ['Proxy response (502) !== 200 when HTTP Tunneling', ['connect', 'ERR_PROXY']],
      ['read ETIMEDOUT', ['lost', 'ETIMEDOUT']],
      ['connect ETIMEDOUT', ['connect', 'ETIMEDOUT']],
      ['getaddrinfo ENOTFOUND', ['connect', 'ENOTFOUND']],
      ['write EPROTO', ['lost', 'EPROTO']],
    ] as const) {
      it(`classifies “${message}”`, async () => {
        const [syscall, name] = message.split(' ');
        const cause = Object.assign(new Error(message), { syscall, code: name });
        const transport = transportWith(() => Promise.reject(new TypeError('fetch failed', { cause })), {
          mode: 'vscode',
        });
        const error = await failure(ask(transport, 'https://a.test/'));
        assert.deepEqual([error.phase, code(error)], expected);
      });
    }

    it("reports a server that doesn't speak TLS as nothing sent", async () => {
      await using server = await serveHttp(() => assert.fail('asked'));
      const transport = transportWith(fetch, { mode: 'vscode' });
      const error = await failure(ask(transport, `https://127.0.0.1:${server.port}/`));
      assert.deepEqual([error.phase, code(error)], ['connect', 'ERR_SSL_WRONG_VERSION_NUMBER']);
    });

    it("reports a proxy's 407 as an error, not as a response", async () => {
      let isLeft = false;
      const page = new ReadableStream({ cancel: () => void (isLeft = true) });
      const transport = transportWith(async () => new Response(page, { status: 407 }), { mode: 'vscode' });
      assert.equal(code(await failure(ask(transport, 'http://a.test/'))), 'ERR_PROXY_CREDENTIALS');
      assert.ok(isLeft);
    });
  });
});
