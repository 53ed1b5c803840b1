import assert from 'node:assert/strict';
import { dialects } from '../../server/dialects.ts';
import { type DemoServer, startServer } from '../../server/server.ts';
import { completeOnce } from '../../../src/api/client.ts';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { buildRequest } from '../../../src/api/request.ts';
import { createTransport } from '../../../src/network/createTransport.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { gather, type Answer } from '../api/decoding.ts';

describe('the demo server', () => {
  const transport = createTransport({ connectTimeout: 5000, firstByteTimeout: 5000, stallTimeout: 5000 });
  let server: DemoServer;
  before(async () => {
    server = await startServer({ pace: { deltasPerSecond: Infinity } });
  });
  after(async () => {
    await server.close();
    await transport.close();
  });

  async function ask(content: string, fields: object = {}): Promise<Answer> {
    const parsed = parseConnection({ name: 'd', baseUrl: server.url, model: 'm', ...fields }, translator());
    assert.ok(parsed.kind === 'connection');
    const messages = [{ role: 'user', content }] as const;
    const request = buildRequest({ connection: parsed.connection, messages }, () => undefined);
    return gather(completeOnce(request, transport, new AbortController().signal));
  }

  for (const name of Object.keys(dialects)) {
    it(`names sources as servers of the kind ${name} do`, async () => {
      const { text, citations } = await ask(`/sources ${name}`);
      assert.match(text, /^Tides/);
      assert.equal(citations[0]?.url, 'https://a.example/tides');
    });
  }

  it('answers on both APIs alike, and searches where it may', async () => {
    const code = 'Explain this:\n\n`a.ts`, lines 1-3:\n```typescript\nfunction one(): number {\n  return 1;\n}\n```';
    const chat = await ask(code);
    const plain = await ask(code, { api: 'responses' });
    const searched = await ask(code, { api: 'responses', search: 'auto' });
    assert.equal(plain.text, chat.text);
    assert.deepEqual([plain.citations.length, plain.metadata.stored], [0, false]);
    assert.deepEqual(
      searched.citations.map(({ mark }) => mark),
      chat.citations.map(({ mark }) => mark),
    );
    const whole = await ask(code, { api: 'responses', stream: false });
    assert.equal(whole.text, chat.text);
    assert.equal(whole.usage?.cost?.currency, 'USD');
    const cut = await ask(code, { api: 'responses', parameters: { max_tokens: 5 } });
    assert.equal(cut.finishReason, 'length');
  });

  it('refuses on the Responses API what that does not know', async () => {
    await assert.rejects(ask('Why?', { api: 'responses', extraBody: { top_k: 3 } }), { message: 'badRequest' });
  });
});
