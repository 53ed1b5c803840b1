import assert from 'node:assert/strict';
import { parseConnection } from '../../../../src/api/connection/connection.ts';
import { exportedConnections } from '../../../../src/api/connection/exportedConnection.ts';
import { translator } from '../../../../src/shared/l10n.ts';

const t = translator();
const usable = { name: 'p', baseUrl: 'https://a.example/v1', model: 'm' };
/** Keys as providers give them out, and one of letters and digits alone. */
const keys = [
  'sk-proj-canary0123456789abcdef',
  'gsk_canary0123456789abcdefABCD',
  'AIzaCanary0123456789abcdefABCD',
  'xai-canary0123456789abcdef',
  'Zx81kQ2mW9vLr4Tn7BcY3hJd6FsG0pAe',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
];

function exported(fields: object): object | undefined {
  return exportedConnections([{ ...usable, ...fields }], t)[0];
}

describe('the connections that are exported', () => {
  it('are as they are written, but for what is secret', () => {
    const plain = {
      name: 'p',
      baseUrl: 'HTTPS://A.example/v1?v=2',
      model: 'accounts/x/models/Llama-3.1-70B-Instruct',
      apiKeyEnv: 'MY_API_KEY',
      parameters: { temperature: 0.5 },
      contextWindow: 128_000,
      systemPrompt: 'Answer 2 people\nbriefly.',
      headers: { 'X-Title': 'Askance', 'X-Api-Key': '${apiKey}' },
      extraBody: { seed: 1 },
    };
    assert.deepEqual(exported(plain), plain);
    assert.deepEqual(
      exported({
        baseUrl: 'https://a.example/v1?v=2&sig=canary&key=canary&code=canary#canary',
        headers: { 'X-Team': 'canary-team', '1-Token': 'canary', 'X-Api-Key': '${apiKey}', 'X-Title': 'Askance' },
        extraBody: { seed: 1, api_key: 'canary', options: { token: 'canary', deep: [[1]], list: [{ key: 'canary' }] } },
      }),
      {
        ...usable,
        baseUrl: 'https://a.example/v1?v=2',
        headers: {
          'X-Team': 'canary-team',
          '1-Token': '${secret:__Token}',
          'X-Api-Key': '${apiKey}',
          'X-Title': 'Askance',
        },
        extraBody: { seed: 1, options: { deep: [[1]], list: [{}] } },
      },
    );
    for (const written of ['https://me@a.example/v1', 'https://:canary@a.example/v1', 'https://a.example/v1#canary'])
      assert.deepEqual(exported({ baseUrl: written }), usable);
  });

  it('hold no key, wherever it was put', () => {
    for (const key of keys) {
      for (const fields of [
        { apiKeyEnv: key },
        { apiKeyEnv: [key] },
        { name: key },
        { model: key },
        { baseUrl: `https://a.example/${key}/v1` },
        { baseUrl: `https://a.example/v1#${key}` },
        { baseUrl: `https://a.example/v1?x=${key}` },
        { baseUrl: `https://${key}@a.example/v1` },
        { baseUrl: `a.example/v1?key=${key}` },
        { headers: [key] },
        { headers: { 'X-List': [key] } },
        { headers: { 'X-Any': key } },
        { headers: { 'X-Any': `Scheme id=1,secret=${key}` } },
        { headers: { [key]: '1' } },
        { headers: { Authorization: `Bearer ${key}` } },
        { headers: key },
        { parameters: { api_key: key } },
        { parameters: { temperature: key } },
        { parameters: [key] },
        { extraBody: [key] },
        { extraBody: { user: key } },
        { extraBody: { user: [`id ${key}`] } },
        { extraBody: { [key]: 1 } },
        { extraBody: key },
        { systemPrompt: `Use ${key} for the tools.` },
        { systemPrompt: [key] },
        { stream: key },
        { penaltyRange: key },
        { contextWindow: key },
        { apiKey: key },
      ]) {
        const text = JSON.stringify(exportedConnections([{ ...usable, ...fields }], t));
        assert.ok(!text.includes(key), `${JSON.stringify(fields)} is exported as ${text}`);
      }
    }
  });

  it('can all be used: a field that cannot is left out alone', () => {
    const written = {
      ...usable,
      stream: 'yes',
      parameters: { temperature: 99, top_p: 0.5 },
      headers: { 'X-Title': 'Askance', Host: 'b.example' },
      extraBody: { messages: [] },
      note: 'x',
    };
    const [connection] = exportedConnections([written], t);
    assert.deepEqual(connection, { ...usable, parameters: { top_p: 0.5 }, headers: { 'X-Title': 'Askance' } });
    assert.equal(parseConnection(connection, t).kind, 'connection');
  });

  it('are connections: what leads nowhere stays behind', () => {
    const written = [
      null,
      'text',
      { name: 'p' },
      [1],
      { ...usable, baseUrl: 7 },
      { ...usable, baseUrl: 'no URL' },
      usable,
    ];
    assert.deepEqual(exportedConnections(written, t), [usable]);
  });
});
