import assert from 'node:assert/strict';
import {
  bodyCredentials,
  findClearCredentials,
  isUnencrypted,
  looksLikeCredential,
  withoutBodyCredentials,
  withoutUrlCredentials,
} from '../../../../src/api/connection/plaintextCredential.ts';
import { parseConnection } from '../../../../src/api/connection/connection.ts';
import { translator } from '../../../../src/shared/l10n.ts';

const t = translator();

describe('a credential in clear', () => {
  for (const [name, value] of [
    ['X-Api-Key', 'a'],
    ['api-key', 'abc'],
    ['X-Auth-Token', 'abc'],
    ['X-Anything', 'sk-proj-0123456789abcdef'],
    ['X-Anything', 'Bearer abcdefgh'],
    ['X-Anything', '${env:TEAM} sk-proj-0123456789abcdef'],
    ['accessToken', 'abc'],
    ['clientSecret', 'abc'],
    ['subscriptionKey', 'abc'],
    ['X-Anything', 'aB3aB3aB3aB3aB3aB3aB3aB3'],
    ['X-Access', 'abcdef'],
    ['Access-Cookie', 'abc'],
    ['passphrase', 'abc'],
    ['X-Anything', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['X-Anything', 'k3j2h4k5j6h7g8f9d0s1a2q3w4'],
    ['X-Anything', 'Zx81kQ2mW9vLr4Tn_7BcY3hJd6FsG0pAe'],
    ['X-Anything', 'id=1, secret=Zx81kQ2mW9vLr4Tn7BcY3hJd6FsG0pAe'],
    ['X-Anything', 'AKIAIOSFODNN7EXAMPLE'],
  ] as const) {
    it(`is seen in ${name}: ${value}`, () => assert.ok(looksLikeCredential(name, value)));
  }

  for (const [name, value] of [
    ['X-Api-Key', ' '],
    ['X-Api-Key', '${apiKey}'],
    ['X-Api-Key', 'Key ${secret:TEAM}'],
    ['X-Title', 'Askance'],
    ['HTTP-Referer', 'https://example.com/a/long/path/of/many/letters'],
    ['anthropic-version', '2023-06-01'],
    ['X-Request-Class', 'interactive-questions-of-people'],
    ['X-Trace', '123e4567-e89b-12d3-a456-426614174000'],
    ['X-Trace', '123e4567e89b12d3a456426614174000'],
    ['X-Trace', '123E4567E89B12D3A456426614174000'],
    ['X-Class', 'InteractiveQuestionsOfPeople'],
    ['X-Class', 'Interactive questions of 24 people'],
    ['X-Author', 'me'],
    ['X-Monkey', 'me'],
    ['X-Auth', 'Bearer ${apiKey}'],
    ['X-Model', 'accounts/fireworks/models/llama-v3p1-405b-instruct'],
    ['X-Model', 'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M'],
    ['X-Model', 'anthropic.claude-3-5-sonnet-20241022-v2:0'],
    ['X-Topic', 'skill-based-learning'],
    ['X-Time', '20240229T120000Z'],
  ] as const) {
    it(`is not seen in ${name}: ${value}`, () => assert.ok(!looksLikeCredential(name, value)));
  }

  it('is named without being repeated', () => {
    const parsed = parseConnection(
      { name: 'p', baseUrl: 'https://a.example/v1?api_key=canary-1', model: 'm', headers: { 'X-Key': 'canary-2' } },
      t,
    );
    assert.ok(parsed.kind === 'connection');
    const warnings = findClearCredentials(parsed.connection, t).map(({ warning }) => warning);
    assert.deepEqual(warnings, [
      'Connection “p”: The header X-Key looks like a plain-text credential. Run “Askance: Set header secret…” and use ${secret:NAME} instead.',
      'Connection “p”: baseUrl seems to contain a plain-text credential. Set it with “Askance: Set API key” and use ${apiKey} in a header.',
    ]);
  });

  it('is seen in the path of a URL, in the code of a function, and where a variable is to be named', () => {
    const key = 'sk-proj-0123456789abcdef';
    for (const fields of [
      { baseUrl: `https://a.example/${key}/v1` },
      { baseUrl: 'https://a.example/api?code=abc' },
      { baseUrl: 'https://a.example/v1', apiKeyEnv: 'gsk_0123456789abcdefABCD' },
    ]) {
      const parsed = parseConnection({ name: 'p', model: 'm', ...fields }, t);
      assert.ok(parsed.kind === 'connection');
      const [found, ...more] = findClearCredentials(parsed.connection, t);
      assert.match(found?.warning ?? '', /baseUrl seems to contain|apiKeyEnv looks like an API key/);
      assert.doesNotMatch(found?.warning ?? '', /sk-|gsk_|abc/);
      assert.deepEqual(more, []);
    }
    const shown = withoutUrlCredentials(`https://a.example/${key}/v1?v=2&code=abc`, '•••');
    assert.equal(shown, 'https://a.example/•••/v1?v=2&code=•••');
  });

  it('can be read on the way to another machine over http alone', () => {
    for (const [baseUrl, expected] of [
      ['http://api.example.com/v1', true],
      ['HTTP://192.168.1.5:11434', true],
      ['http://localhost.example.com', true],
      ['http://[2001:db8::1]/v1', true],
      ['http://localhost:8080/v1', false],
      ['http://127.0.0.2/v1', false],
      ['http://[::1]:1234/v1', false],
      ['https://api.example.com/v1', false],
    ] as const)
      assert.equal(isUnencrypted({ baseUrl }), expected, baseUrl);
  });

  it('is seen in extraBody, at whatever depth, and told from what only sounds like one', () => {
    const extraBody = {
      api_key: 'canary-1',
      options: [{ authorization: 'Bearer canary-2' }],
      max_tokens: 9,
      eos_token: '</s>',
      prompt_cache_key: 'chat',
      promptCacheKey: 'chat',
      stopToken: '</s>',
      seed: 1,
    };
    assert.deepEqual(bodyCredentials(extraBody), ['canary-1', 'Bearer canary-2']);
    assert.deepEqual(withoutBodyCredentials(extraBody, '•••'), {
      ...extraBody,
      api_key: '•••',
      options: [{ authorization: '•••' }],
    });
    for (const fields of [extraBody, { token: 'canary' }]) {
      const parsed = parseConnection({ name: 'p', baseUrl: 'https://a.example', model: 'm', extraBody: fields }, t);
      assert.ok(parsed.kind === 'connection');
      assert.deepEqual(findClearCredentials(parsed.connection, t), [
        {
          warning:
            'Connection “p”: extraBody seems to contain a plain-text credential. If the server accepts it in a header, put it there as ${secret:NAME}.',
        },
      ]);
    }
  });

  it('is told from a reference that is not known', () => {
    const parsed = parseConnection(
      { name: 'p', baseUrl: 'https://a.example', model: 'm', headers: { 'X-Key': '${key}' } },
      t,
    );
    assert.ok(parsed.kind === 'invalid');
    const open = parseConnection(
      { name: 'p', baseUrl: 'https://a.example', model: 'm', headers: { 'X-Key': 'Key ${apiKey' } },
      t,
    );
    assert.ok(open.kind === 'invalid');
    assert.match(open.problems.join(''), /\$\{apiKey in the value of X-Key/);
    assert.match(parsed.problems.join(''), /\$\{key\} .*\$\{apiKey\}, \$\{env:NAME\} or \$\{secret:NAME\}/);
  });
});
