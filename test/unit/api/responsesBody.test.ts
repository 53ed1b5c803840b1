import assert from 'node:assert/strict';
import { parseConnection, type Connection } from '../../../src/api/connection/connection.ts';
import { buildRequest } from '../../../src/api/request.ts';
import { unsentParameters } from '../../../src/api/responses/unsent.ts';
import { translator } from '../../../src/shared/l10n.ts';

const t = translator();
const perplexity = 'https://api.perplexity.ai';

function parsed(fields: object): { readonly connection?: Connection; readonly problems: readonly string[] } {
  const result = parseConnection({ name: 'c', baseUrl: 'https://a.example/v1/responses', model: 'm', ...fields }, t);
  return result.kind === 'connection' ? { connection: result.connection, problems: [] } : result;
}

function request(fields: object, parameters = {}) {
  const { connection } = parsed(fields);
  assert.ok(connection);
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Why?' },
  ] as const;
  const { url, headers, body, wire } = buildRequest({ connection, messages, parameters }, () => 'k');
  return { url, headers, wire, body: JSON.parse(body) as Record<string, unknown> };
}

describe('a request to the Responses API', () => {
  it('has its messages as items, the system prompt first, and asks that nothing is stored', () => {
    const { url, wire, body } = request({});
    assert.deepEqual([url, wire], ['https://a.example/v1/responses', 'responses']);
    assert.deepEqual(body, {
      model: 'm',
      input: [
        { type: 'message', role: 'system', content: 'Be brief.' },
        { type: 'message', role: 'user', content: 'Why?' },
      ],
      stream: true,
      store: false,
    });
  });

  it('names the limit as this API does, and leaves out what it has no field for', () => {
    const fields = { parameters: { max_tokens: 50, top_k: 3, temperature: 0.5 }, stop: ['END'] };
    const { body } = request(fields, { presence_penalty: 1, max_tokens: 60 });
    assert.equal(body['max_output_tokens'], 60);
    assert.equal(body['temperature'], 0.5);
    for (const name of ['max_tokens', 'top_k', 'presence_penalty', 'stop']) assert.ok(!(name in body), name);
    const { connection } = parsed(fields);
    assert.ok(connection);
    assert.deepEqual(unsentParameters(connection, { presence_penalty: 1 }), ['top_k', 'presence_penalty', 'stop']);
  });

  it('sends these to local servers, which take them', () => {
    const { body } = request({ baseUrl: 'http://127.0.0.1:8000', api: 'responses', parameters: { top_k: 3 } });
    assert.equal(body['top_k'], 3);
  });

  it('searches only where it is to', () => {
    assert.ok(!('tools' in request({ search: 'off' }).body));
    const auto = request({ search: 'auto', searchOptions: { search_context_size: 'low' } }).body;
    assert.deepEqual(auto['tools'], [{ type: 'web_search', search_context_size: 'low' }]);
    assert.ok(!('tool_choice' in auto));
    assert.deepEqual(request({ search: 'always' }).body['tool_choice'], { type: 'web_search' });
  });

  it('asks Perplexity for a level by its name, and for a model as any server', () => {
    const level = request({ baseUrl: perplexity, model: 'low' });
    assert.equal(level.url, `${perplexity}/v1/agent`);
    assert.deepEqual([level.body['preset'], level.body['model']], ['low', undefined]);
    assert.equal(request({ baseUrl: perplexity, model: 'openai/gpt' }).body['model'], 'openai/gpt');
  });

  it('takes effort, and thinking that is off', () => {
    assert.deepEqual(request({ effort: 'high' }).body['reasoning'], { effort: 'high', summary: 'auto' });
    assert.deepEqual(request({ thinking: false }).body['reasoning'], { effort: 'none' });
  });

  it('has the key where Azure looks for it', () => {
    const { headers, url } = request({ baseUrl: 'https://x.openai.azure.com', api: 'responses' });
    assert.equal(url, 'https://x.openai.azure.com/openai/v1/responses');
    assert.equal(headers['api-key'], 'k');
    assert.ok(!('Authorization' in headers));
  });
});

describe('a request to the Chat Completions API', () => {
  const chat = (fields: object) => request({ baseUrl: 'https://a.example/v1', ...fields }).body;

  it('has effort, thinking and stop under the names of this API and of its server', () => {
    const body = chat({ effort: 'low', stop: 'END', thinking: true });
    assert.equal(body['reasoning_effort'], 'low');
    assert.deepEqual(body['stop'], ['END']);
    assert.deepEqual(body['thinking'], { type: 'enabled' });
    assert.deepEqual(chat({ baseUrl: 'https://openrouter.ai', thinking: false })['reasoning'], { enabled: false });
    assert.deepEqual(chat({ baseUrl: 'http://localhost:8000/v1', thinking: false })['chat_template_kwargs'], {
      enable_thinking: false,
    });
    assert.ok(!('store' in chat({})));
  });
});

describe('a connection that cannot work', () => {
  for (const [what, fields, problem] of [
    ['its api is not that of its URL', { api: 'chat-completions' }, /api is "chat-completions", but baseUrl ends/],
    ['its api is unknown', { api: 'other' }, /api must be one of "chat-completions", "responses"/],
    ['extraBody asks to store', { extraBody: { store: true } }, /extraBody: store is set by Askance/],
    ['extraBody refers to an answer', { extraBody: { previous_response_id: 'x' } }, /previous_response_id/],
    ['it searches on the other API', { baseUrl: 'https://a.example/v1', search: 'auto' }, /search needs the Responses/],
    ['stop is a number', { stop: 5 }, /stop must be a text/],
  ] as const) {
    it(`is refused where ${what}`, () => assert.match(parsed(fields).problems.join(' '), problem));
  }

  it('may send store to a server of the other API', () => {
    assert.deepEqual(parsed({ baseUrl: 'https://a.example/v1', extraBody: { store: true } }).problems, []);
  });
});
