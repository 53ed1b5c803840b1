import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describeError } from '../../../src/api/describe.ts';
import { CompletionError } from '../../../src/api/errors.ts';
import { listModels } from '../../../src/api/models.ts';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { buildModelsRequest } from '../../../src/api/request.ts';
import { type Transport } from '../../../src/network/transport.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { bytes } from './decoding.ts';
import { serveHttp } from '../network/localServer.ts';

describe('listModels', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  const never = new AbortController().signal;
  const t = translator();
  after(() => transport.close());

  function list(port: number, signal = never, via = transport): Promise<readonly string[]> {
    const parsed = parseConnection({ name: 'p', baseUrl: `http://127.0.0.1:${port}`, model: 'm' }, t);
    assert.ok(parsed.kind === 'connection');
    return listModels(
      buildModelsRequest(parsed.connection, () => 'sk-canary'),
      via,
      signal,
    );
  }

  async function listed(answer: (response: ServerResponse) => unknown): Promise<readonly string[]> {
    await using server = await serveHttp((_, response) => answer(response));
    return await list(server.port);
  }

  async function message(answer: (response: ServerResponse) => unknown): Promise<string> {
    const error = await listed(answer).catch((reason: unknown) => reason);
    assert.ok(error instanceof CompletionError, String(error));
    const { message: sentence, said = '', detail = '' } = describeError(error, t);
    return `${sentence} ${said} ${detail}`;
  }

  it('reads a list in each form that servers have for it, and each name once', async () => {
    const models = [{ id: 'b' }, { id: 'a', name: 'A' }, { name: 'c' }, 'd', { id: 'b' }, 5, {}];
    for (const body of [{ data: models }, models, { models }, { data: { models } }])
      assert.deepEqual(await listed((response) => response.end(JSON.stringify(body))), ['b', 'a', 'c', 'd']);
  });

  it('takes the name that can be asked for, and a list that is not there for an empty one', async () => {
    const named = { models: [{ name: 'For people', model: 'for-machines' }] };
    assert.deepEqual(await listed((response) => response.end(JSON.stringify(named))), ['for-machines']);
    assert.deepEqual(await listed((response) => response.end('{"object":"list"}')), []);
  });

  it('reads a list that comes in pieces', async () => {
    const via: Transport = {
      send: async () => ({ status: 200, headers: {}, body: bytes(['{"data":[{"id":"first one"},', '{"id":"b"}]}']) }),
      warm: async () => {},
      close: async () => {},
    };
    assert.deepEqual(await list(1, never, via), ['first one', 'b']);
  });

  it('says that what is no list is none, and where it was asked for', async () => {
    for (const body of ['{"ok":true}', 'hello', 'null']) {
      const told = await message((response) => response.end(body));
      assert.match(told, /isn't a chat completion. Check that baseUrl .*\/v1\/models$/);
    }
  });

  it('shows no key that the server repeats', async () => {
    const told = await message((response) => response.writeHead(500).end('{"error":"not sk-canary"}'));
    assert.match(told, /not •••/);
  });

  it('is cancelled in the middle of a list, which is no error of the server', async () => {
    const started = Promise.withResolvers<void>();
    await using server = await serveHttp((_, response) => response.write('{"data":[', () => started.resolve()));
    const controller = new AbortController();
    const answer = list(server.port, controller.signal);
    await started.promise;
    controller.abort();
    await assert.rejects(answer, { name: 'AbortError' });
  });
});
