import assert from 'node:assert/strict';
import { parseConnection, parseConnections, type Connection } from '../../../../src/api/connection/connection.ts';
import { translator } from '../../../../src/shared/l10n.ts';

const t = translator();
const minimal = { name: 'local', baseUrl: 'http://127.0.0.1:11434/v1', model: 'm' };

describe('parseConnection', () => {
  it('fills in what is not set, and nothing that would be sent', () => {
    assert.deepEqual(valid({}), {
      ...minimal,
      parameters: {},
      penaltyRange: 'documented',
      stream: true,
      includeUsage: false,
      headers: {},
      extraBody: {},
    });
  });

  it('reads every field', () => {
    const more = {
      apiKeyEnv: 'MY_KEY',
      parameters: { temperature: 1, presence_penalty: -1 },
      penaltyRange: 'wide',
      contextWindow: 1,
      stream: false,
      includeUsage: true,
      systemPrompt: 'Be brief.',
      headers: { 'X-Team': 'tides' },
      extraBody: { stop: ['.'], nested: { a: null }, user: null },
    };
    assert.deepEqual(valid(more), { ...minimal, ...more });
  });

  for (const [name, fields, problem] of [
    ['an empty name', { name: ' ' }, 'Connection “#1”: name must be a non-empty string.'],
    ['no model', { model: undefined }, 'Connection “local”: model must be a non-empty string.'],
    ['a bad URL', { baseUrl: 'localhost:1' }, /^Connection “local”: baseUrl must be a URL/],
    ['an unknown field', { temprature: 1 }, 'Connection “local”: Unknown property "temprature".'],
    ['an unknown parameter', { parameters: { seed: 1 } }, /^Connection “local”: parameters: Unknown parameter "seed"/],
    ['a value out of range', { parameters: { top_p: 2 } }, 'Connection “local”: top_p must be a number from 0 to 1.'],
    ['a bad penalty range', { penaltyRange: 'all' }, /penaltyRange must be "documented" or "wide"/],
    ['a bad environment variable', { apiKeyEnv: 'A-B' }, /apiKeyEnv must be the name of an environment variable/],
    ['half a token', { contextWindow: 1.5 }, /contextWindow must be a whole number/],
    ['a context window of nothing', { contextWindow: 0 }, /contextWindow must be a whole number/],
    ['a system prompt that is no text', { systemPrompt: 5 }, 'Connection “local”: systemPrompt must be a string.'],
    ['headers that are no object', { headers: [] }, 'Connection “local”: headers must be an object.'],
    ['a flag that is none', { stream: 'yes' }, /stream must be true or false/],
    [
      'a header with a line break',
      { headers: { 'X-A': 'a\r\nHost: b' } },
      /The value of X-A must not contain line breaks/,
    ],
    ['a header name with a space', { headers: { 'X A': 'a' } }, /"X A" isn't a valid header name/],
    ['a header that is no text', { headers: { 'X-A': 1 } }, /The value of X-A must be a string/],
    ['a header twice', { headers: { 'X-A': 'a', 'x-a': 'b' } }, /x-a is duplicated/],
    ['messages in extraBody', { extraBody: { messages: [] } }, /extraBody: messages is set by Askance/],
    ['stream in extraBody, in any case', { extraBody: { Stream: true } }, /extraBody: Stream is set by Askance/],
    ['extraBody that is no object', { extraBody: [] }, /extraBody must be a JSON object/],
    ['__proto__', JSON.parse('{"__proto__":{"model":"x"}}'), /Unknown property "__proto__"/],
  ] as const) {
    it(`refuses ${name}`, () => {
      const parsed = parseConnection({ ...minimal, ...fields }, t);
      assert.ok(parsed.kind === 'invalid');
      assert.equal(parsed.problems.length, 1);
      if (typeof problem === 'string') assert.equal(parsed.problems[0], problem);
      else assert.match(parsed.problems[0] ?? '', problem);
    });
  }

  for (const name of [
    'Authorization',
    'content-type',
    'ACCEPT',
    'Host',
    'Content-Length',
    'Transfer-Encoding',
    'Cookie',
    'Connection',
    'Proxy-Authorization',
    'Accept-Encoding',
    'Content-Encoding',
    'Expect',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Upgrade',
  ]) {
    it(`refuses to replace the header ${name}`, () => {
      const parsed = parseConnection({ ...minimal, headers: { [name]: 'x' } }, t);
      assert.deepEqual(parsed, {
        kind: 'invalid',
        problems: [`Connection “local”: headers: ${name} is set by Askance and can't be replaced. Remove it.`],
      });
    });
  }

  it('refuses what is no object', () => {
    for (const value of ['local', null, []]) {
      const parsed = parseConnection(value, t);
      assert.ok(parsed.kind === 'invalid');
      assert.equal(parsed.problems[0], 'Connection “#1”: A connection must be an object with name, baseUrl and model.');
    }
  });
});

describe('parseConnections', () => {
  it('leaves out bad ones and the second of one name, and says so', () => {
    const { connections, problems } = parseConnections([minimal, { ...minimal, model: 'other' }, { name: 'bad' }], t);
    assert.deepEqual(
      connections.map(({ model }) => model),
      ['m'],
    );
    assert.match(
      problems.join('\n'),
      /“local”: Another connection has this name.*\n.*“bad”: baseUrl .*\n.*“bad”: model/s,
    );
  });

  it('calls a connection without a name by its place', () => {
    const { problems } = parseConnections([minimal, { ...minimal, name: '' }], t);
    assert.deepEqual(problems, ['Connection “#2”: name must be a non-empty string.']);
  });

  it('refuses what is no list', () => {
    assert.deepEqual(parseConnections({}, t), {
      connections: [],
      problems: ['askance.connections must be an array of connections.'],
    });
  });
});

function valid(fields: object): Connection {
  const parsed = parseConnection({ ...minimal, ...fields }, t);
  assert.ok(parsed.kind === 'connection');
  return parsed.connection;
}
