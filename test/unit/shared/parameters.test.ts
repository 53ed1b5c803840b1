import assert from 'node:assert/strict';
import { checkParameter, checkParameters, parameters } from '../../../src/shared/parameters.ts';
import { translator } from '../../../src/shared/l10n.ts';
import manifest from '../../../package.json' with { type: 'json' };

describe('parameters', () => {
  const t = translator();
  const { properties } =
    manifest.contributes.configuration.properties['askance.connections'].items.properties.parameters;

  it('are those of the settings, with the widest range of each', () => {
    const table = parameters.map(({ name, integer, ranges: { documented, wide } }) => {
      const bounded = documented.min !== undefined || documented.max !== undefined;
      return [
        name,
        {
          type: integer ? 'integer' : 'number',
          minimum: bounded ? Math.min(documented.min ?? -Infinity, wide.min ?? -Infinity) : undefined,
          maximum: documented.max,
        },
      ];
    });
    const schema = Object.entries(properties).map(([name, schema]) => [
      name,
      {
        type: schema.type,
        minimum: 'minimum' in schema ? schema.minimum : undefined,
        maximum: 'maximum' in schema ? schema.maximum : undefined,
      },
    ]);
    assert.deepEqual(table, schema);
  });

  it('have in the settings the penalties that the range of the connection allows', () => {
    const { then, else: otherwise } = manifest.contributes.configuration.properties['askance.connections'].items;
    const ranges = { wide: then, documented: otherwise };
    for (const range of ['wide', 'documented'] as const) {
      for (const [name, { minimum, maximum }] of Object.entries<{ minimum?: number; maximum?: number }>(
        ranges[range].properties.parameters.properties,
      )) {
        const { min, max } = parameters.find((parameter) => parameter.name === name)?.ranges[range] ?? {};
        assert.deepEqual([minimum, maximum], [min, max], `${name} ${range}`);
      }
    }
  });

  it('are refused together, each with its range', () => {
    const set = { temperature: 9, presence_penalty: -1, top_p: 1 };
    assert.deepEqual(checkParameters(set, 'documented', t), [
      'temperature must be a number from 0 to 2.',
      'presence_penalty must be a number from 0 to 2.',
    ]);
    assert.deepEqual(checkParameters({ presence_penalty: -1 }, 'wide', t), []);
  });

  it('have no default in the settings: what is not set is not sent', () => {
    for (const schema of Object.values(properties)) assert.ok(!('default' in schema));
  });

  it('have the documented defaults', () => {
    assert.deepEqual(Object.fromEntries(parameters.map(({ name, documentedDefault }) => [name, documentedDefault])), {
      temperature: 0.2,
      top_p: 0.9,
      top_k: 0,
      max_tokens: undefined,
      presence_penalty: 0,
      frequency_penalty: 1,
    });
  });

  for (const [name, range, good, bad, message] of [
    ['temperature', 'documented', [0, 0.2, 2], [-0.1, 2.1, '1', NaN], 'temperature must be a number from 0 to 2.'],
    ['top_p', 'documented', [0, 1], [-0.1, 1.1], 'top_p must be a number from 0 to 1.'],
    ['top_k', 'documented', [0, 40], [-1, 0.5], 'top_k must be a whole number, at least 0.'],
    ['max_tokens', 'documented', [1, 100_000], [0, 1.5], 'max_tokens must be a whole number, at least 1.'],
    ['presence_penalty', 'documented', [0, 2], [-0.1, 2.1], 'presence_penalty must be a number from 0 to 2.'],
    ['presence_penalty', 'wide', [-2, 2], [-2.1, 2.1], 'presence_penalty must be a number from -2 to 2.'],
    ['frequency_penalty', 'documented', [-7, 7], [Infinity, null], 'frequency_penalty must be a number.'],
    ['frequency_penalty', 'wide', [-2, 2], [-2.1, 2.1], 'frequency_penalty must be a number from -2 to 2.'],
  ] as const) {
    it(`allow for ${name} (${range}) what is in its range, else name it`, () => {
      for (const value of good) assert.equal(checkParameter(name, value, range, t), undefined);
      for (const value of bad) assert.equal(checkParameter(name, value, range, t), message);
    });
  }
});
