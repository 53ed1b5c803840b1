import assert from 'node:assert/strict';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { warmUp } from '../../../src/api/warmUp.ts';
import { buildRequest } from '../../../src/api/request.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { serveHttp } from '../network/localServer.ts';

describe('warmUp', () => {
  for (const scheme of ['http', 'https']) {
    it(`has a question over ${scheme} answered to its end without a connection`, async () => {
      await using server = await serveHttp((_, response) => response.end());
      const baseUrl = `${scheme}://127.0.0.1:${server.port}`;
      const parsed = parseConnection({ name: 'p', baseUrl, model: 'm' }, translator());
      assert.ok(parsed.kind === 'connection');
      await warmUp(buildRequest({ connection: parsed.connection, messages: [] }, () => 'key'));
      assert.equal(server.sockets.length, 0);
    });
  }
});
