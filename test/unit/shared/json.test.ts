import assert from 'node:assert/strict';
import { isJsonObject, parseJson } from '../../../src/shared/json.ts';
import { deepestJson } from '../../../src/shared/limits.ts';

describe('JSON of strangers', () => {
  for (const [name, begin, end] of [
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"a":', '}]'],
  ] as const) {
    it(`is never deeper than what walks through it can go: ${name}`, () => {
      const levels = 200_000;
      const value = parseJson(`{"kept":1,"deep":${begin.repeat(levels)}null${end.repeat(levels)}}`);
      assert.ok(isJsonObject(value));
      assert.equal(value['kept'], 1);
      assert.ok(JSON.stringify(value).length < 10 * deepestJson);
    });
  }

  it('stays as it is where it is no deeper than people write', () => {
    const text = `${'{"a":[1,"b",'.repeat(40)}null${',true]}'.repeat(40)}`;
    assert.equal(JSON.stringify(parseJson(text)), text);
  });

  it('is nothing where it is none', () => {
    assert.equal(parseJson('{'), undefined);
  });
});
