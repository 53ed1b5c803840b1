import assert from 'node:assert/strict';
import { parseJson } from '../../../src/shared/json.ts';

describe('JSON from outside', () => {
  it('is read as it is', () => {
    const value = { list: [1, 'a', null, { deep: [[[]]] }], text: '['.repeat(5000) };
    assert.deepEqual(parseJson(JSON.stringify(value)), value);
    assert.equal(parseJson('{"a":'), undefined);
  });

  it('is none where too many values are within each other, so that nobody who follows them fails', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[{"a":', '}]'],
    ] as const)
      assert.equal(parseJson(`{"a":${open.repeat(30_000)}1${close.repeat(30_000)}}`), undefined);
  });
});
