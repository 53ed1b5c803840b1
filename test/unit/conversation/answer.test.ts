import assert from 'node:assert/strict';
import { applyEvent, noAnswer } from '../../../src/conversation/answer.ts';
import { parseJson } from '../../../src/shared/json.ts';
import { longestLastObject } from '../../../src/shared/limits.ts';

describe('the last server object of an answer', () => {
  function shown(json: string): string {
    const event = { type: 'finish', reason: 'stop', lastObject: parseJson(json) } as const;
    return applyEvent({ ...noAnswer, text: 'Yes.' }, event, '').lastObject ?? '';
  }

  it('is indented, with long texts shortened', () => {
    assert.equal(shown('{"id":"a","n":[1]}'), '{\n  "id": "a",\n  "n": [\n    1\n  ]\n}');
    assert.match(shown(JSON.stringify({ text: 'a'.repeat(100_000) })), /^\{\n {2}"text": "a{1000,2000}…"\n\}$/);
  });

  it('is shortened if it is large, at any depth', () => {
    const deep = `${'['.repeat(90)}${Array.from({ length: 100_000 }, (_, index) => index).join(',')}${']'.repeat(90)}`;
    for (const json of [deep, `[${'"a",'.repeat(300_000)}1]`, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`]) {
      assert.ok(shown(json).length <= longestLastObject);
    }
  });
});
