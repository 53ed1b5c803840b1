import assert from 'node:assert/strict';
import { diagnose, type Diagnosed } from '../../../src/api/diagnosis.ts';
import type { Fetch } from '../../../src/network/transport.ts';
import { closed, closedPort, privateAuthority, serveHttp, serveHttps, serveTcp } from '../network/localServer.ts';
import { serveHttpProxy, serveTlsFront } from '../network/proxies.ts';

const key = 'sk-canary-0123456789';
const password = 'canary/password';

describe('diagnose', () => {
  const never = new AbortController().signal;

  function diagnosed(
    url: string,
    {
      proxy = '',
      editorFetch = fetch,
      authorities,
    }: { proxy?: string; editorFetch?: Fetch; authorities?: string[] } = {},
  ): Diagnosed {
    return {
      url,
      secrets: [key],
      withoutKey: false,
      withoutHeaders: [],
      headers: { Authorization: `Bearer ${key}`, 'X-Api-Key': key, 'X-Short': '1' },
      timeouts: { connectTimeout: 60_000, firstByteTimeout: 60_000, stallTimeout: 60_000 },
      network: {
        mode: 'auto',
        proxy: { proxy, noProxy: [], proxySupport: 'override', proxyAuthorization: '' },
        environment: {},
        authorities: async () => authorities,
        fetch: editorFetch,
      },
    };
  }

  /** The lines, the times and the machine's own words taken out. */
  async function lines(subject: Diagnosed): Promise<string[]> {
    const told = await Array.fromAsync(diagnose(subject, never));
    for (const line of told) assert.ok(!line.includes(key) && !line.includes('canary'), line);
    return told.map((line) => line.replace(/\b\d+ ms/g, 'n ms'));
  }

  it('tells that it has to do without the key', async () => {
    await using server = await serveHttp((_, response) => response.end());
    const subject = { ...diagnosed(`http://127.0.0.1:${server.port}/v1/chat/completions`), withoutKey: true };
    assert.equal(
      (await lines(subject))[1],
      "Sent without the API key. It contains characters that aren't allowed in headers",
    );
  });

  it('tells which headers it has to do without', async () => {
    await using server = await serveHttp((_, response) => response.end());
    for (const withoutHeaders of [['X-Team'], ['X-Team', 'X-User']]) {
      const subject = { ...diagnosed(`http://127.0.0.1:${server.port}/v1/chat/completions`), withoutHeaders };
      const line = `Sent without these headers. Their secrets aren't set or can't be sent: ${withoutHeaders.join(', ')}`;
      assert.equal((await lines(subject))[1], line);
    }
  });

  it('tells the way to a server that is reached directly', async () => {
    const paths: string[] = [];
    await using server = await serveHttp((request, response) => {
      paths.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(401).end(key);
    });
    const at = `http://127.0.0.1:${server.port}`;
    assert.deepEqual(await lines(diagnosed(`${at}/v1/chat/completions?key=${key}`)), [
      `Endpoint: ${at}/v1/chat/completions?•••`,
      'Transport: auto',
      'Proxy: none (loopback)',
      "Certificates: Node's own authorities",
      'Connected: n ms',
      `GET ${at}/v1/models?••• over Askance's HTTP client: HTTP 401 after n ms`,
      "The same over VS Code's fetch: HTTP 401 after n ms",
    ]);
    assert.deepEqual(paths, Array(2).fill(`GET /v1/models?key=${key} Bearer ${key}`));
  });

  it('tells proxy, tunnel, TLS and authorities', async () => {
    await using server = await serveHttps((_, response) => response.end('{}'));
    await using proxy = await serveHttpProxy(server.port, `canary-user:${password}`);
    const url = `http://canary-user:${encodeURIComponent(password)}@127.0.0.1:${proxy.port}`;
    const authorities = [privateAuthority()];
    const editorFetch: Fetch = () => Promise.reject(new TypeError(`bad header Bearer ${key}, no proxy ${url}`));
    const subject = diagnosed('https://api.example.test/v1/chat/completions', { proxy: url, authorities, editorFetch });
    assert.deepEqual(await lines(subject), [
      'Endpoint: https://api.example.test/v1/chat/completions',
      'Transport: auto',
      `Proxy: http://•••@127.0.0.1:${proxy.port} (http.proxy)`,
      'Certificates: 1 authorities are trusted',
      'Connected: n ms',
      'Tunnel through the proxy: n ms',
      'TLS with the endpoint: n ms',
      'TLSv1.3, certificate issued by Askance test fixtures',
      "GET https://api.example.test/v1/models over Askance's HTTP client: HTTP 200 after n ms",
      `The same over VS Code's fetch: failed after n ms: lost, bad header •••, no proxy http://•••:•••@127.0.0.1:${proxy.port}`,
    ]);
  });

  it('tells the code of a TLS error', async () => {
    await using server = await serveHttps((_, response) => response.end());
    const told = await lines(diagnosed(`https://localhost:${server.port}/v1/chat/completions`));
    assert.match(told.join('\n'), /^Name looked up: n ms$/m);
    assert.match(told.join('\n'), /^Connecting failed after n ms: UNABLE_TO_VERIFY_LEAF_SIGNATURE /m);
    assert.match(told.join('\n'), /HTTP client: failed after n ms: connect, UNABLE_TO_VERIFY_LEAF_SIGNATURE /);
  });

  it('tells what a proxy failed at', async () => {
    const proxy = `socks5://127.0.0.1:${await closedPort()}`;
    const told = await lines(diagnosed('https://a.test/chat/completions', { proxy }));
    assert.match(
      told.join('\n'),
      /^Connecting failed after n ms: ERR_PROXY The proxy could not be reached.; ECONNREFUSED /m,
    );
  });

  it('tells TLS with the proxy', async () => {
    await using server = await serveHttps((_, response) => response.end('{}'));
    await using proxy = await serveHttpProxy(server.port);
    await using front = await serveTlsFront(proxy.port);
    const told = await lines(
      diagnosed('https://api.example.test/v1/chat/completions', {
        proxy: `https://localhost:${front.port}`,
        authorities: [privateAuthority()],
        editorFetch: async () => new Response(),
      }),
    );
    assert.deepEqual(told.slice(4, 9), [
      'Name looked up: n ms',
      'Connected: n ms',
      'TLS with the proxy: n ms',
      'Tunnel through the proxy: n ms',
      'TLS with the endpoint: n ms',
    ]);
  });

  it('tells a proxy that cannot be used, and whatever the editor fails with', async () => {
    const editorFetch: Fetch = () => Promise.reject('no reason');
    const told = await lines(diagnosed('https://a.test/chat/completions', { proxy: 'gopher://a', editorFetch }));
    assert.equal(told[2], 'Proxy: not usable (http.proxy)');
    assert.equal(told.at(-1), "The same over VS Code's fetch: failed after n ms: lost, no reason");
  });

  it('takes no longer than it takes', async () => {
    await using server = await serveHttp((_, response) => response.end());
    const start = performance.now();
    const told = await Array.fromAsync(diagnose(diagnosed(`http://127.0.0.1:${server.port}/chat/completions`), never));
    const elapsed = performance.now() - start;
    const times = Array.from(told.join('\n').matchAll(/(\d+) ms/g), ([, time]) => Number(time));
    assert.ok(times.length === 3 && times.every((time) => time <= Math.ceil(elapsed)), times.join(' '));
  });

  it('leaves no connection open', async () => {
    const answers = ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'];
    await using server = await serveTcp((socket) => socket.on('data', () => socket.write(answers.shift() ?? '')));
    await lines(diagnosed(`http://127.0.0.1:${server.port}/chat/completions`));
    assert.equal(server.sockets.length, 3);
    for (const socket of server.sockets) await closed(socket);
  });

  it('tells when nothing comes', async () => {
    await using server = await serveTcp((socket) => socket.resume());
    const url = `https://127.0.0.1:${server.port}/chat/completions`;
    const subject = diagnosed(url, { editorFetch: () => Promise.reject(new Error('no')) });
    const told = await lines({ ...subject, timeouts: { ...subject.timeouts, connectTimeout: 200 } });
    assert.match(told.join('\n'), /^Connecting failed after n ms: no answer in time$/m);
    assert.match(told.join('\n'), /HTTP client: failed after n ms: connectTimeout, 0.2 s$/m);
  });

  it('ends when it is cancelled', async () => {
    await using server = await serveTcp((socket) => socket.resume());
    const controller = new AbortController();
    const subject = diagnosed(`https://127.0.0.1:${server.port}/chat/completions`);
    const told: string[] = [];
    const ended = (async () => {
      for await (const line of diagnose(subject, controller.signal)) told.push(line);
    })();
    await server.connection();
    controller.abort();
    await assert.rejects(ended, { name: 'AbortError' });
    assert.doesNotMatch(told.join('\n'), /failed/);
  });

  it('ends when it is cancelled while the server does not answer', async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await serveHttp(() => asked.resolve());
    const controller = new AbortController();
    const subject = diagnosed(`http://127.0.0.1:${server.port}/chat/completions`);
    const told = Array.fromAsync(diagnose(subject, controller.signal));
    await asked.promise;
    controller.abort();
    await assert.rejects(told, { name: 'AbortError' });
  });

  it('hides a key that only a header tells', async () => {
    const editorFetch: Fetch = () => Promise.reject(new Error(`not ${key}`));
    const subject = { ...diagnosed('http://127.0.0.1:1/chat/completions', { editorFetch }), secrets: [] };
    const headers = { Authorization: `Bearer ${key}` };
    assert.match((await lines({ ...subject, headers })).at(-1) ?? '', /lost, not •••$/);
  });
});
