import assert from 'node:assert/strict';
import { lineHunks } from '../../../src/editor/hunks.ts';

async function applied(before: string, after: string): Promise<{ text: string; touched: string[] }> {
  const hunks = await lineHunks(before, after, 0);
  const text = hunks
    .toReversed()
    .reduce(
      (all, { rangeOffset, rangeLength, text: by }) =>
        all.slice(0, rangeOffset) + by + all.slice(rangeOffset + rangeLength),
      before,
    );
  return {
    text,
    touched: hunks.map(({ rangeOffset, rangeLength }) => before.slice(rangeOffset, rangeOffset + rangeLength)),
  };
}

describe('line hunks', () => {
  it('touch only the lines that change', async () => {
    const result = await applied('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n');
    assert.deepEqual(result, { text: 'a\nB\nc\nd\ne\n', touched: ['b\n', ''] });
  });

  it('are none for equal texts', async () => assert.deepEqual(await lineHunks('a\r\n', 'a\r\n', 7), []));

  it('count from the offset of the text', async () => {
    assert.deepEqual(await lineHunks('a\nb', 'a\nc', 10), [{ rangeOffset: 12, rangeLength: 1, text: 'c' }]);
  });

  for (const [before, after] of [
    ['', 'x\ny'],
    ['x\ny', ''],
    ['a\r\nb\r\n', 'a\r\nc\r\nb\r\n'],
    ['one line', 'another line'],
    ['a\nb\na\nb\n', 'b\na\nb\na\n'],
  ] as const) {
    it(`turn ${JSON.stringify(before)} into ${JSON.stringify(after)}`, async () => {
      assert.equal((await applied(before, after)).text, after);
    });
  }
});
