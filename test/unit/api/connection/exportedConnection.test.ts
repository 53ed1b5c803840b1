import assert from 'node:assert/strict';
import { exportedConnections } from '../../../../src/api/connection/exportedConnection.ts';

describe('the connections that are exported', () => {
  const exported = (fields: object) => exportedConnections([{ name: 'p', ...fields }])[0];

  it('are as they are written, but for what is secret', () => {
    const plain = { baseUrl: 'HTTPS://A.example/v1?v=2', model: 'm', extraBody: { seed: 1 } };
    assert.deepEqual(exported(plain), { name: 'p', ...plain });
    assert.deepEqual(
      exported({
        baseUrl: 'https://me:canary@a.example/v1?v=2&sig=canary&key=canary',
        headers: { 'X-Team': 'canary-team', '1-Token': 'canary', 'X-Api-Key': '${apiKey}', 'X-Title': 'Askance' },
        extraBody: { seed: 1, api_key: 'canary', options: { token: 'canary', deep: [[1]], list: [{ key: 'canary' }] } },
      }),
      {
        name: 'p',
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
    for (const [written, told] of [
      ['https://a.example/v1?token=canary', 'https://a.example/v1'],
      ['https://me@a.example/v1', 'https://a.example/v1'],
      ['https://:canary@a.example/v1', 'https://a.example/v1'],
      ['no URL', 'no URL'],
    ])
      assert.deepEqual(exported({ baseUrl: written }), { name: 'p', baseUrl: told });
    assert.deepEqual(exported({ baseUrl: 'https://canary@a.example/?token=canary' }), {
      name: 'p',
      baseUrl: 'https://a.example/',
    });
    assert.deepEqual(exported({ baseUrl: 7, headers: [], extraBody: 'x' }), {
      name: 'p',
      baseUrl: 7,
      headers: [],
      extraBody: 'x',
    });
  });

  it('hold nothing that is no field of a connection, such as a key that was put there', () => {
    assert.deepEqual(exported({ model: 'm', apiKey: 'canary', note: 'x' }), { name: 'p', model: 'm' });
  });

  it('are connections: what else stands among them stays behind', () => {
    assert.deepEqual(exportedConnections([null, 'text', { name: 'p' }, [1]]), [{ name: 'p' }]);
  });
});
