import assert from 'node:assert/strict';
import { findLocalServers, type LocalServer } from '../../../src/api/localServers.ts';
import type { Provider } from '../../../src/api/providers.ts';
import { closedPort, serveHttp } from './localServer.ts';

function provider(name: string, port: number): Provider {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  return { id: name, name, baseUrl, localPort: port, includeUsage: true, penaltyRange: 'wide' };
}

describe('findLocalServers', () => {
  it('finds those that list models, however they do, and nobody else', async () => {
    const list = (body: unknown) => serveHttp((_, response) => response.end(JSON.stringify(body)));
    await using ids = await list({ object: 'list', data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] });
    await using names = await list({ models: [{ name: 'c' }] });
    await using empty = await list({ data: [] });
    await using other = await serveHttp((_, response) => response.end('<html>A web site</html>'));
    const candidates = [
      provider('ids', ids.port),
      provider('names', names.port),
      provider('empty', empty.port),
      provider('other', other.port),
      provider('closed', await closedPort()),
    ];
    const found: LocalServer[] = [];
    await findLocalServers((server) => found.push(server), new AbortController().signal, candidates);
    assert.deepEqual(
      new Map(found.map(({ provider: { name }, models }) => [name, models])),
      new Map([
        ['ids', ['a', 'b']],
        ['names', ['c']],
      ]),
    );
  });

  it('ends when it is not needed any more', async () => {
    await using silent = await serveHttp(() => {});
    const controller = new AbortController();
    const searching = findLocalServers(() => assert.fail('found a silent server'), controller.signal, [
      provider('silent', silent.port),
    ]);
    await silent.connection();
    controller.abort();
    await searching;
  });
});
