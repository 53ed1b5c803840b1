import assert from 'node:assert/strict';
import { loadLineDiff, TrackedHunks, undoing } from '../../../src/editor/hunks.ts';

const lineHunks = await loadLineDiff();

function applied(before: string, after: string): { text: string; touched: string[] } {
  const hunks = lineHunks(before, after, 0);
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
  it('touch only the lines that change', () => {
    const result = applied('a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n');
    assert.deepEqual(result, { text: 'a\nB\nc\nd\ne\n', touched: ['b\n', ''] });
  });

  it('are none for equal texts', () => assert.deepEqual(lineHunks('a\r\n', 'a\r\n', 7), []));

  it('count from the offset of the text', () => {
    assert.deepEqual(lineHunks('a\nb', 'a\nc', 10), [{ rangeOffset: 12, rangeLength: 1, text: 'c' }]);
  });

  for (const [before, after] of [
    ['', 'x\ny'],
    ['x\ny', ''],
    ['a\r\nb\r\n', 'a\r\nc\r\nb\r\n'],
    ['one line', 'another line'],
    ['a\nb\na\nb\n', 'b\na\nb\na\n'],
  ] as const) {
    it(`turn ${JSON.stringify(before)} into ${JSON.stringify(after)}`, () => {
      assert.equal(applied(before, after).text, after);
    });
  }
});

describe('tracked hunks', () => {
  const before = 'a\nb\nc\nd\n';
  const after = 'a\nB\nc\nD\n';

  /** The text after typing and taking back the hunks that were not typed into. */
  function takenBack(typedAt: number, typed: string): string {
    const hunks = new TrackedHunks(lineHunks(after, before, 0));
    hunks.shift([{ rangeOffset: typedAt, rangeLength: 0, text: typed }]);
    return undoing(hunks.all.filter(({ touched }) => !touched))
      .toReversed()
      .reduce(
        (all, { rangeOffset, rangeLength, text }) =>
          all.slice(0, rangeOffset) + text + all.slice(rangeOffset + rangeLength),
        after.slice(0, typedAt) + typed + after.slice(typedAt),
      );
  }

  it('lead back around what was typed elsewhere', () => assert.equal(takenBack(0, 'new\n'), `new\n${before}`));

  it('leave alone what was typed into', () => assert.equal(takenBack(3, '!'), 'a\nB!\nc\nd\n'));
});
