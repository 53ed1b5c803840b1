import assert from 'node:assert/strict';
import {
  bodyCredentials,
  findClearCredentials,
  looksLikeCredential,
  withoutBodyCredentials,
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
      'Connection “p”: the header X-Key looks like a credential in clear. Run “Askance: Set secret” and write ${secret:NAME} in its place.',
      'Connection “p”: baseUrl looks as if it held a credential in clear. Set it with “Askance: Set API key”, and place ${apiKey} in a header.',
    ]);
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
            'Connection “p”: extraBody looks as if it held a credential in clear. If the server takes it there, put it into a header as ${secret:NAME}.',
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
