import assert from 'node:assert/strict';
import { askLocalServer, findLocalServers, type LocalServer } from '../../../../src/api/connection/localServers.ts';
import type { Provider } from '../../../../src/api/connection/providers.ts';
import { closed, closedPort, serveHttp, serveTcp } from '../../network/localServer.ts';

function provider(name: string, port: number): Provider {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  return { id: name, name, baseUrl, localPort: port, includeUsage: true, penaltyRange: 'wide' };
}

/** A server that lists no models and leaves it to the other end to close the connection. */
function keptAlive(): ReturnType<typeof serveTcp> {
  const body = JSON.stringify({ data: [] });
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  return serveTcp((socket) => socket.once('data', () => socket.write(answer)));
}

describe('findLocalServers', () => {
  it('finds those that list models, however they do, or ask for a key, and nobody else', async () => {
    const list = (body: unknown) => serveHttp((_, response) => response.end(JSON.stringify(body)));
    await using ids = await list({ object: 'list', data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] });
    await using names = await list({ models: [{ name: 'c' }] });
    await using empty = await list({ data: [] });
    await using none = await list({ object: 'list', data: null });
    await using locked = await serveHttp((_, response) => response.writeHead(401).end());
    await using forbidding = await serveHttp((_, response) => response.writeHead(403).end());
    await using other = await serveHttp((_, response) => response.end('<html>A web site</html>'));
    await using failing = await serveHttp((_, response) => response.writeHead(404).end());
    const servers = {
      ids,
      names,
      empty,
      none,
      locked,
      forbidding,
      other,
      failing,
      closed: { port: await closedPort() },
    };
    const found = new Map<string, Omit<LocalServer, 'provider'> | undefined>();
    await findLocalServers(
      ({ name }, server) => found.set(name, server && { models: server.models, asksForKey: server.asksForKey }),
      new AbortController().signal,
      Object.entries(servers).map(([name, { port }]) => provider(name, port)),
    );
    assert.deepEqual(Object.fromEntries(found), {
      ids: { models: ['a', 'b'], asksForKey: false },
      names: { models: ['c'], asksForKey: false },
      empty: { models: [], asksForKey: false },
      none: { models: [], asksForKey: false },
      locked: { models: [], asksForKey: true },
      forbidding: { models: [], asksForKey: true },
      other: undefined,
      failing: undefined,
      closed: undefined,
    });
  });

  it('leaves no connection open', async () => {
    await using server = await keptAlive();
    await findLocalServers(() => {}, new AbortController().signal, [provider('kept', server.port)]);
    await closed(await server.connection());
  });

  it('ends when it is not needed any more', async () => {
    await using silent = await serveHttp(() => {});
    const controller = new AbortController();
    const searching = findLocalServers(() => assert.fail('told of a silent server'), controller.signal, [
      provider('silent', silent.port),
    ]);
    await silent.connection();
    controller.abort();
    await searching;
  });
});

describe('askLocalServer', () => {
  const never = new AbortController().signal;

  it('tells whether the server at any URL of this machine wants a key', async () => {
    await using open = await serveHttp((request, response) => {
      response.end(request.url === '/models' ? '{"data":[{"id":"a"}]}' : '');
    });
    await using locked = await serveHttp((_, response) => response.writeHead(401).end());
    await using other = await serveHttp((_, response) => response.writeHead(404).end());
    const at = ({ port }: { port: number }) => `http://localhost:${port}/chat/completions`;
    assert.deepEqual(await askLocalServer(at(open), never), { models: ['a'], asksForKey: false });
    assert.deepEqual(await askLocalServer(at(locked), never), { models: [], asksForKey: true });
    assert.equal(await askLocalServer(at(other), never), undefined);
    assert.equal(await askLocalServer(at({ port: await closedPort() }), never), undefined);
  });

  it('leaves no connection open', async () => {
    await using server = await keptAlive();
    assert.ok(await askLocalServer(`http://127.0.0.1:${server.port}`, never));
    await closed(await server.connection());
  });

  it('asks nobody at an address of another machine', async () => {
    await using open = await serveHttp((_, response) => response.end('{"data":[{"id":"a"}]}'));
    // Many systems take this address for the own machine; it means any.
    assert.equal(await askLocalServer(`http://0.0.0.0:${open.port}/v1`, never), undefined);
    assert.equal(open.sockets.length, 0);
  });
});
