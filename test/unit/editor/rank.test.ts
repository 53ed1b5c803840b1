import assert from 'node:assert/strict';
import { rankByPath } from '../../../src/context/rank.ts';

const files = [
  'README.md',
  'src/reader.ts',
  'src/prompt/reply.ts',
  'test/unit/reply.test.ts',
  'src/replaceSelection.ts',
  'docs/reply/index.md',
].map((path) => ({ path }));

function found(query: string, limit = 10): string[] {
  return rankByPath(query, files, limit).map(({ path }) => path);
}

describe('files found by what is typed', () => {
  it('are all of them, in their order, before anything is typed', () => {
    assert.deepEqual(found('', 2), ['README.md', 'src/reader.ts']);
  });

  it('come by name first, then by folder, then by letters in their order', () => {
    assert.deepEqual(found('reply'), ['src/prompt/reply.ts', 'test/unit/reply.test.ts', 'docs/reply/index.md']);
    assert.deepEqual(found('reply.ts')[0], 'src/prompt/reply.ts');
    assert.deepEqual(found('rdr'), ['src/reader.ts']);
    assert.deepEqual(found('zzz'), []);
  });

  it('may be named with their folders, whatever the case and the slash', () => {
    assert.deepEqual(found('PROMPT\\Rep'), ['src/prompt/reply.ts']);
    assert.deepEqual(found('src/re'), ['src/reader.ts', 'src/replaceSelection.ts', 'src/prompt/reply.ts']);
  });
});
