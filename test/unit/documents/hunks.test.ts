import assert from 'node:assert/strict';
import { joined, keepingTyped, TrackedHunks, undoing } from '../../../src/documents/hunks.ts';
import { loadLineDiff } from '../../../src/documents/lineDiff.ts';

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

  it('are one where only braces and blank lines stay between them', () => {
    const [before, after] = ['a\n}\n\nb\nc\nd\n', 'A\n}\n\nB\nc\nD\n'] as const;
    const changes = joined(lineHunks(before, after, 5), before, 5);
    assert.deepEqual(changes, [
      { rangeOffset: 5, rangeLength: 7, text: 'A\n}\n\nB\n', shared: 2 },
      { rangeOffset: 14, rangeLength: 2, text: 'D\n' },
    ]);
  });

  it('of thousands of lines are found at once', () => {
    const lines = (name: string) =>
      Array.from({ length: 20_000 }, (_, line) => (line % 5 ? `${name} ${line}\n` : '}\n')).join('');
    assert.equal(lineHunks(lines('old'), lines('new'), 0).length, 4000);
    assert.deepEqual(lineHunks(lines('old'), lines('old'), 0), []);
  });

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

  /** The text after typing and taking back what can be, and what was typed kept. */
  function takenBack(typedAt: number, typed: string): string {
    const hunks = new TrackedHunks(lineHunks(after, before, 0), after, 0);
    const text = after.slice(0, typedAt) + typed + after.slice(typedAt);
    hunks.shift([{ rangeOffset: typedAt, rangeLength: 0, text: typed }]);
    const possible = hunks.all.flatMap((hunk) => keepingTyped(hunk, text.slice(hunk.start, hunk.end), lineHunks) ?? []);
    return undoing(possible)
      .toReversed()
      .reduce(
        (all, { rangeOffset, rangeLength, text: by }) =>
          all.slice(0, rangeOffset) + by + all.slice(rangeOffset + rangeLength),
        text,
      );
  }

  it('lead back around what was typed elsewhere', () => assert.equal(takenBack(0, 'new\n'), `new\n${before}`));

  it('leave alone what was typed into', () => assert.equal(takenBack(3, '!'), 'a\nB!\nc\nd\n'));

  it('keep whole lines that were typed into what they take back', () => {
    const [, wide] = ['a\nb\nd\n', 'a\nB\nC\nd\n'] as const;
    const hunks = new TrackedHunks(lineHunks(wide, 'a\nb\nd\n', 0), wide, 0);
    const text = wide.replace('C', 'typed\nC');
    hunks.shift([{ rangeOffset: wide.indexOf('C'), rangeLength: 0, text: 'typed\n' }]);
    const [hunk] = hunks.all;
    assert.ok(hunk?.touched);
    assert.equal(keepingTyped(hunk, text.slice(hunk.start, hunk.end), lineHunks)?.original, 'b\ntyped\n');
  });

  it('say so where written lines themselves were changed', () => {
    const hunks = new TrackedHunks(lineHunks(after, before, 0), after, 0);
    hunks.shift([{ rangeOffset: 3, rangeLength: 0, text: '!' }]);
    const [hunk] = hunks.all;
    assert.ok(hunk);
    assert.equal(keepingTyped(hunk, 'B!\n', lineHunks), undefined);
  });
});
