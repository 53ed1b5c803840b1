import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { type HttpResponse, type Network, type Transport } from '../../../src/network/transport.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { closed, closedPort, privateAuthority, serveHttp, serveHttps, serveTcp } from './localServer.ts';
import { serveHttpProxy, serveSocks5, serveTlsFront } from './proxies.ts';
import { bodyText, code, failure } from '../api/outcome.ts';

const timeouts = { connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 };
const never = new AbortController().signal;

/** A name that only a proxy can resolve: DNS has no `.test` (RFC 6761, 6.2). */
const host = 'api.example.test';

describe('openSocket', () => {
  const transports: Transport[] = [];
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
  });

  function transportWith({
    proxy = '',
    authorities = [privateAuthority()],
  }: {
    proxy?: string;
    authorities?: string[];
  }) {
    const network: Network = {
      mode: 'undici',
      proxy: { proxy, noProxy: [], proxySupport: 'override', proxyAuthorization: '' },
      environment: {},
      authorities: async () => authorities,
      fetch: () => assert.fail('not used'),
    };
    const transport = createTransport(timeouts, network);
    transports.push(transport);
    return transport;
  }

  function post(url: string, proxy?: string, signal = never): Promise<HttpResponse> {
    const request = { url, headers: { Authorization: 'Bearer key' }, body: '{}' };
    return transportWith({ ...(proxy !== undefined && { proxy }) }).send(request, signal);
  }

  describe('with TLS', () => {
    it('trusts a configured private authority', async () => {
      await using server = await serveHttps((_, response) => response.end('ok'));
      for (const name of ['localhost', '127.0.0.1'])
        assert.equal(await text(await post(`https://${name}:${server.port}/`)), 'ok');
    });

    it('negotiates HTTP 1.1, and sends SNI only for a name', async () => {
      const asked: unknown[] = [];
      await using server = await serveHttps(({ socket }, response) => {
        assert.ok(socket instanceof TLSSocket);
        asked.push([socket.servername, socket.alpnProtocol]);
        response.end('ok');
      });
      for (const name of ['localhost', '127.0.0.1']) await text(await post(`https://${name}:${server.port}/`));
      assert.deepEqual(asked, [
        ['localhost', 'http/1.1'],
        [false, 'http/1.1'],
      ]);
    });

    it('sends nothing to a server of an unknown authority', async () => {
      let requests = 0;
      await using server = await serveHttps(() => requests++);
      const transport = createTransport(timeouts);
      transports.push(transport);
      const request = { url: `https://localhost:${server.port}/`, headers: {}, body: '' };
      assert.equal(code(await failure(transport.send(request, never))), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      assert.equal(requests, 0);
    });

    it('rejects a certificate for another name or address', async () => {
      await using server = await serveHttps((_, response) => response.end());
      await using proxy = await serveHttpProxy(server.port);
      for (const name of ['other.example.test', '10.0.0.7', '[2001:db8::5]']) {
        const error = await failure(post(`https://${name}/`, `http://127.0.0.1:${proxy.port}`));
        assert.equal(code(error), 'ERR_TLS_CERT_ALTNAME_INVALID', name);
      }
    });
  });

  describe('through an HTTP proxy', () => {
    it('tunnels to an https endpoint and reuses the tunnel', async () => {
      await using server = await serveHttps((request, response) => response.end(JSON.stringify(request.headers)));
      await using proxy = await serveHttpProxy(server.port, 'me:p@ss');
      const transport = transportWith({ proxy: `http://me:p%40ss@127.0.0.1:${proxy.port}` });
      for (let time = 0; time < 2; time++) {
        const request = { url: `https://${host}/v1`, headers: { 'X-Test': 'yes' }, body: '{}' };
        const headers = JSON.parse(await text(await transport.send(request, never)));
        assert.equal(headers['x-test'], 'yes');
        assert.equal(headers['proxy-authorization'], undefined);
        await setImmediate();
      }
      assert.deepEqual(proxy.asked, [`CONNECT ${host}:443`]);
    });

    it('sends an absolute URL for an http endpoint, and credentials only to the proxy', async () => {
      await using proxy = await serveHttpProxy(0, 'me:secret');
      const answer = JSON.parse(
        await text(await post(`http://${host}:81/v1?a=b`, `me:secret@127.0.0.1:${proxy.port}`)),
      );
      assert.equal(answer.through, `http://${host}:81/v1?a=b`);
      assert.equal(answer.headers.host, `${host}:81`);
      assert.deepEqual(proxy.asked, [`POST http://${host}:81/v1?a=b`]);
    });

    it('sends no credentials to a proxy that wants none', async () => {
      await using proxy = await serveHttpProxy(0);
      const { headers } = JSON.parse(await text(await post(`http://${host}/v1`, `127.0.0.1:${proxy.port}`)));
      assert.equal(headers.authorization, 'Bearer key');
    });

    for (const scheme of ['http', 'https'])
      it(`fails for an ${scheme} endpoint if credentials are missing`, async () => {
        await using proxy = await serveHttpProxy(0, 'me:secret');
        const error = await failure(post(`${scheme}://${host}/`, `http://me:wrong@127.0.0.1:${proxy.port}`));
        assert.equal(error.phase, 'connect');
        assert.equal(code(error), 'ERR_PROXY_CREDENTIALS');
        assert.doesNotMatch(JSON.stringify([error, error.cause, String(error.cause)]), /wrong/);
      });

    it('reports a proxy that is unreachable', async () => {
      for (const scheme of ['http', 'https', 'socks5']) {
        const error = await failure(post(`https://${host}/`, `${scheme}://127.0.0.1:${await closedPort()}`));
        assert.equal(error.phase, 'connect');
        assert.equal(code(error), 'ERR_PROXY');
      }
    });

    it('reports a proxy that disconnects, refuses or sends garbage', async () => {
      for (const reply of ['', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'SSH-2.0-x\r\n'])
        for (const scheme of ['http', 'socks5']) {
          await using proxy = await serveTcp((socket) => socket.once('data', () => socket.end(reply)));
          const error = await failure(post(`https://${host}/`, `${scheme}://127.0.0.1:${proxy.port}`));
          assert.equal(code(error), 'ERR_PROXY', `${scheme} ${reply}`);
        }
    });

    it('fails if the proxy setting is invalid', async () => {
      assert.equal(code(await failure(post(`https://${host}/`, 'gopher://127.0.0.1'))), 'ERR_PROXY');
    });

    it('uses TLS to an https proxy', async () => {
      await using server = await serveHttps((_, response) => response.end('through two'));
      await using proxy = await serveHttpProxy(server.port);
      await using front = await serveTlsFront(proxy.port);
      assert.equal(await text(await post(`https://${host}/`, `https://localhost:${front.port}`)), 'through two');
      assert.deepEqual(proxy.asked, [`CONNECT ${host}:443`]);
    });
  });

  describe('through a SOCKS proxy', () => {
    it('lets the proxy resolve the name', async () => {
      await using server = await serveHttps((_, response) => response.end('ok'));
      await using proxy = await serveSocks5(server.port);
      for (const scheme of ['socks', 'socks5', 'socks5h'])
        assert.equal(await text(await post(`https://${host}/`, `${scheme}://127.0.0.1:${proxy.port}`)), 'ok');
      assert.deepEqual(new Set(proxy.asked), new Set([`${host}:443`]));
    });

    it('reaches an http endpoint by IPv4 and IPv6 address', async () => {
      await using server = await serveHttp((request, response) => response.end(request.url));
      await using proxy = await serveSocks5(server.port);
      assert.equal(await text(await post(`http://${host}/v1`, `socks5://127.0.0.1:${proxy.port}`)), '/v1');
      assert.deepEqual(proxy.asked.splice(0), [`${host}:80`]);
      for (const name of [host, '10.0.0.7', '[2001:db8::5]'])
        assert.equal(await text(await post(`http://${name}:8080/v1`, `socks5://127.0.0.1:${proxy.port}`)), '/v1');
      const ipv6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5].join('.');
      assert.deepEqual(proxy.asked, [`${host}:8080`, '10.0.0.7:8080', `${ipv6}:8080`]);
    });

    it('reports why the proxy refused', async () => {
      const replies = [
        [5, 0],
        [5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
      ];
      await using proxy = await serveTcp((socket) =>
        socket.on('data', () => socket.write(Buffer.from(replies.shift()!))),
      );
      const { cause } = await failure(post(`https://${host}/`, `socks5://127.0.0.1:${proxy.port}`));
      assert.match(String(cause), /its rules do not allow the connection/);
    });

    it('sends credentials on request, and fails if they are missing or wrong', async () => {
      await using server = await serveHttp((_, response) => response.end('ok'));
      await using proxy = await serveSocks5(server.port, { user: 'me', password: 'p@ss' });
      const at = `127.0.0.1:${proxy.port}`;
      assert.equal(await text(await post(`http://${host}/`, `socks5://me:p%40ss@${at}`)), 'ok');
      for (const url of [`socks5://${at}`, `socks5://me:wrong@${at}`])
        assert.equal(code(await failure(post(`http://${host}/`, url))), 'ERR_PROXY_CREDENTIALS');
    });
  });

  describe('is closed by a cancel', () => {
    for (const scheme of ['http', 'https', 'socks5'])
      it(`while a proxy for ${scheme} does not answer`, async () => {
        await using proxy = await serveTcp((socket) => socket.resume());
        await cancelAt(proxy.connection(), `https://${host}/`, `${scheme}://127.0.0.1:${proxy.port}`);
      });

    it("while the endpoint of a tunnel doesn't answer the TLS handshake", async () => {
      await using server = await serveTcp((socket) => socket.resume());
      await using proxy = await serveHttpProxy(server.port);
      await cancelAt(server.connection(), `https://${host}/`, `http://127.0.0.1:${proxy.port}`);
    });

    it("while the endpoint of a SOCKS proxy doesn't answer", async () => {
      const asked = Promise.withResolvers<Socket>();
      await using server = await serveHttp(({ socket }) => asked.resolve(socket));
      await using proxy = await serveSocks5(server.port);
      await cancelAt(asked.promise, `http://${host}/`, `socks5://127.0.0.1:${proxy.port}`);
    });

    /** Cancels once the socket exists, and waits until it is closed. */
    async function cancelAt(reached: Promise<Socket>, url: string, proxy: string): Promise<void> {
      const controller = new AbortController();
      const response = post(url, proxy, controller.signal);
      const socket = await Promise.race([reached, response.then(() => assert.fail('answered'))]);
      controller.abort();
      await assert.rejects(response, { name: 'AbortError' });
      await closed(socket);
    }
  });
});

async function text({ body }: HttpResponse): Promise<string> {
  return bodyText(body);
}
