import assert from 'node:assert/strict';
import { keyIn } from '../../../src/api/pastedKey.ts';

describe('a key that is pasted', () => {
  for (const text of [
    'sk-1_a=',
    ' sk-1_a=\r\n',
    '"sk-1_a="',
    "'sk-1_a='",
    '“sk-1_a=”',
    'Bearer sk-1_a=',
    'Authorization: Bearer sk-1_a=',
    '"Authorization": "Bearer sk-1_a="',
    'api-key: sk-1_a=',
    'export OPENAI_API_KEY=sk-1_a=',
    'export OPENAI_API_KEY="sk-1_a=";',
    'MY_API_KEY=sk-1_a=',
    '$env:MY_KEY = "sk-1_a="',
    'set MY_KEY=sk-1_a=',
  ]) {
    it(`is found in ${JSON.stringify(text)}`, () => assert.equal(keyIn(text), 'sk-1_a='));
  }

  for (const key of ['abc=def', 'user:secret', 'a.b-c_d', '']) {
    it(`stays ${JSON.stringify(key)}`, () => assert.equal(keyIn(key), key));
  }
});
