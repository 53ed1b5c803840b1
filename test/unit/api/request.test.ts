import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { answerLimit } from '../../../src/api/answerLimit.ts';
import { CompletionError } from '../../../src/api/errors.ts';
import { parseConnection, type Connection } from '../../../src/api/connection/connection.ts';
import type { Reference } from '../../../src/api/references.ts';
import { buildProbe, buildRequest, sentParameters } from '../../../src/api/request.ts';
import { translator } from '../../../src/shared/l10n.ts';

const minimal = { name: 'local', baseUrl: 'http://127.0.0.1:11434/v1', model: 'm' };

describe('buildRequest', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Why?' },
  ] as const;

  it('sends what is set and nothing else', () => {
    const { url, headers, body } = buildRequest({ connection: valid({}), messages }, () => undefined);
    assert.equal(url, 'http://127.0.0.1:11434/v1/chat/completions');
    assert.deepEqual(headers, {
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
      'User-Agent': 'Askance',
    });
    assert.deepEqual(JSON.parse(body), { model: 'm', messages, stream: true });
  });

  it('says who asks, unless the connection says it', () => {
    const headers = { 'user-agent': 'Tides/1.0' };
    const sent = buildRequest({ connection: valid({ headers }), messages }, () => undefined).headers;
    assert.deepEqual(
      Object.entries(sent).filter(([name]) => name.toLowerCase() === 'user-agent'),
      [['user-agent', 'Tides/1.0']],
    );
  });

  it('sends every parameter, the key, further headers, and merges extraBody last', () => {
    const parameters = {
      temperature: 0,
      top_p: 1,
      top_k: 0,
      max_tokens: 9,
      presence_penalty: 0,
      frequency_penalty: 1,
    };
    const extraBody = { temperature: 2, seed: 1 };
    const connection = valid({
      parameters,
      extraBody,
      stream: false,
      includeUsage: true,
      headers: { 'X-Team': 'tides' },
    });
    const { headers, body } = buildRequest({ connection, messages }, () => 'sk-1');
    assert.deepEqual(headers, {
      Authorization: 'Bearer sk-1',
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'User-Agent': 'Askance',
      'X-Team': 'tides',
    });
    assert.deepEqual(JSON.parse(body), { model: 'm', messages, ...parameters, stream: false, ...extraBody });
  });

  it('asks for the usage of a stream where the connection says so', () => {
    const { body } = buildRequest({ connection: valid({ includeUsage: true }), messages }, () => undefined);
    assert.deepEqual(JSON.parse(body), { model: 'm', messages, stream: true, stream_options: { include_usage: true } });
  });

  it('lets the parameters of a conversation take the place of the connection’s', () => {
    for (const extraBody of [{}, { temperature: 0.2 }]) {
      const connection = valid({ parameters: { temperature: 0.1, top_k: 4 }, extraBody });
      const { body } = buildRequest({ connection, messages, parameters: { temperature: 1 } }, () => undefined);
      assert.deepEqual(JSON.parse(body), { model: 'm', messages, temperature: 1, top_k: 4, stream: true });
    }
  });

  it('lets the limit of a conversation count under whichever name extraBody has for it', () => {
    for (const [name, limit] of [
      ['max_tokens', {}],
      ['max_tokens', { max_tokens: 5 }],
      ['max_completion_tokens', { max_completion_tokens: 5 }],
    ] as const) {
      const connection = valid({ extraBody: { ...limit, seed: 1 } });
      const parameters = { max_tokens: 9 };
      const { body } = buildRequest({ connection, messages, parameters }, () => undefined);
      assert.deepEqual(JSON.parse(body), { model: 'm', messages, stream: true, [name]: 9, seed: 1 });
      assert.deepEqual(answerLimit(connection, parameters), { field: name, tokens: 9 });
      const [tokens] = Object.values(limit);
      assert.deepEqual(answerLimit(connection, {}), { field: name, tokens });
    }
    assert.equal(answerLimit(valid({ parameters: { max_tokens: 7 } }), {}).tokens, 7);
  });

  it('tells what is sent beside model and messages, without what is secret', () => {
    const connection = valid({
      parameters: { max_tokens: 9, top_k: 4 },
      extraBody: { api_key: 'canary' },
      includeUsage: true,
    });
    const adaptation = { omitted: ['top_k'], renamed: { max_tokens: 'max_completion_tokens' } };
    assert.deepEqual(sentParameters({ connection, parameters: { temperature: 1 }, adaptation }), {
      max_completion_tokens: 9,
      temperature: 1,
      stream: true,
      stream_options: { include_usage: true },
      api_key: '•••',
    });
  });

  it('leaves out what the server refused, and calls by its name what it wants renamed', () => {
    const connection = valid({ parameters: { max_tokens: 9, top_k: 4 }, extraBody: { seed: 1 } });
    const adaptation = { omitted: ['top_k', 'messages'], renamed: { max_tokens: 'max_completion_tokens' } };
    const { body, fields } = buildRequest({ connection, messages, adaptation }, () => undefined);
    assert.deepEqual(JSON.parse(body), { model: 'm', messages, max_completion_tokens: 9, stream: true, seed: 1 });
    assert.deepEqual(fields, ['model', 'messages', 'max_completion_tokens', 'stream', 'seed']);
  });

  describe('with references in headers', () => {
    const secret = (reference: Reference): string | undefined =>
      ({ apiKey: 'sk-1', env: 'from-env', secret: undefined })[reference.kind] ??
      (reference.kind === 'secret' && reference.name === 'TEAM' ? 'from-store' : undefined);

    it('resolves them, and sends no Authorization where the key stands in another header', () => {
      const headers = { 'X-Key': 'Key ${apiKey}', 'X-Team': '${secret:TEAM}/${env:USER_ID}' };
      const request = buildRequest({ connection: valid({ headers }), messages }, secret);
      assert.equal(request.headers['Authorization'], undefined);
      assert.equal(request.headers['X-Key'], 'Key sk-1');
      assert.equal(request.headers['X-Team'], 'from-store/from-env');
      assert.deepEqual(new Set(request.secrets), new Set(['sk-1', 'from-store', 'from-env']));
      assert.deepEqual(request.credential, { kind: 'key' });
    });

    it('knows what stands in for a key that is not set', () => {
      const withoutKey = (reference: Reference) => (reference.kind === 'apiKey' ? undefined : secret(reference));
      const credential = (fields: object) =>
        buildRequest({ connection: valid(fields), messages }, withoutKey).credential;
      assert.deepEqual(credential({}), { kind: 'none' });
      assert.deepEqual(credential({ headers: { 'X-Version': '2' } }), { kind: 'none' });
      assert.deepEqual(credential({ apiKeyEnv: 'MY_KEY' }), { kind: 'none', variable: 'MY_KEY' });
      assert.deepEqual(credential({ headers: { 'X-Id': '${env:ID}', 'X-Team': '${secret:TEAM}' } }), {
        kind: 'header',
        secret: 'TEAM',
      });
      assert.deepEqual(credential({ headers: { 'X-Id': '${env:ID}' } }), { kind: 'header' });
      assert.deepEqual(credential({ headers: { 'X-Api-Key': 'in clear' } }), { kind: 'header' });
      assert.deepEqual(credential({ extraBody: { api_key: 'in clear' } }), { kind: 'header' });
      assert.deepEqual(credential({ baseUrl: 'https://a.example/v1?api_key=in-clear' }), { kind: 'header' });
    });

    for (const [value, failure] of [
      ['${secret:OTHER}', { kind: 'noSecret', source: 'secret', name: 'OTHER' }],
      ['${env:ID}', { kind: 'noSecret', source: 'env', name: 'ID' }],
      ['${apiKey}', { kind: 'noKey' }],
    ] as const) {
      it(`makes no request where ${value} is not set`, () => {
        const without = (reference: Reference) => (reference.kind === 'secret' ? secret(reference) : undefined);
        assert.throws(
          () => buildRequest({ connection: valid({ headers: { 'X-Key': value } }), messages }, without),
          (error) => error instanceof CompletionError && assert.deepEqual(error.failure, failure) === undefined,
        );
      });
    }

    it('names the variable that the key was to come from, where a header needs it', () => {
      const connection = valid({ headers: { 'X-Key': '${apiKey}' }, apiKeyEnv: 'MY_KEY' });
      assert.throws(
        () => buildRequest({ connection, messages }, () => undefined),
        (error) =>
          error instanceof CompletionError && isDeepStrictEqual(error.failure, { kind: 'noKey', variable: 'MY_KEY' }),
      );
    });

    it('can be left out of a request that only tries the way, where it is not set', () => {
      const headers = { 'X-Team': '${secret:TEAM}', 'X-Other': '${secret:OTHER}', 'X-Plain': 'a' };
      const { request, withoutHeaders } = buildProbe(valid({ headers }), secret);
      assert.deepEqual(withoutHeaders, ['X-Other']);
      assert.deepEqual(
        [request.headers['X-Team'], request.headers['X-Other'], request.headers['X-Plain']],
        ['from-store', undefined, 'a'],
      );
    });

    it('is left out of such a request too where no header can hold it, as the key is', () => {
      const headers = { 'X-Team': '${secret:TEAM}', 'X-Own': '${apiKey}', 'X-Plain': 'a' };
      const broken: Reference['kind'][] = ['apiKey', 'secret'];
      const probe = buildProbe(valid({ headers }), ({ kind }) => (broken.includes(kind) ? 'a\nb' : undefined));
      assert.deepEqual(probe.withoutHeaders, ['X-Team', 'X-Own']);
      assert.equal(probe.withoutKey, true);
      assert.deepEqual(Object.keys(probe.request.headers), ['Content-Type', 'Accept', 'User-Agent', 'X-Plain']);
      assert.equal(buildProbe(valid({}), () => 'sk-1').withoutKey, false);
      assert.equal(buildProbe(valid({}), () => undefined).withoutKey, false);
    });

    it('refuses a secret that no header can hold, by its name', () => {
      for (const [value, failure] of [
        ['${secret:A}', { kind: 'unusableSecret', source: 'secret', name: 'A' }],
        ['${env:A}', { kind: 'unusableSecret', source: 'env', name: 'A' }],
      ] as const) {
        const connection = valid({ headers: { 'X-Key': value } });
        const broken = ({ kind }: Reference) => (kind === 'apiKey' ? undefined : 'a\r\nHost: b');
        assert.throws(
          () => buildRequest({ connection, messages }, broken),
          (error) => error instanceof CompletionError && isDeepStrictEqual(error.failure, failure),
        );
      }
    });
  });
});

function valid(fields: object): Connection {
  const parsed = parseConnection({ ...minimal, ...fields }, translator());
  assert.ok(parsed.kind === 'connection');
  return parsed.connection;
}
