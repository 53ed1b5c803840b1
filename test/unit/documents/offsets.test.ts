import assert from 'node:assert/strict';
import { shiftRange, type OffsetRange, type TextChange } from '../../../src/documents/offsets.ts';

const text = 'one [two] three';
const range: OffsetRange = { start: text.indexOf('['), end: text.indexOf(']') + 1 };

/** The text and the range in it after replacing the first occurrence of each piece. */
function after(...replacements: readonly (readonly [piece: string, by: string])[]) {
  const changes: TextChange[] = replacements.map(([piece, by]) => ({
    rangeOffset: text.indexOf(piece),
    rangeLength: piece.length,
    text: by,
  }));
  const shifted = shiftRange(range, changes);
  const changed = changes
    .toSorted((a, b) => b.rangeOffset - a.rangeOffset)
    .reduce(
      (all, { rangeOffset, rangeLength, text: by }) =>
        all.slice(0, rangeOffset) + by + all.slice(rangeOffset + rangeLength),
      text,
    );
  return { covered: changed.slice(shifted.start, shifted.end), touched: shifted.touched };
}

function insert(offset: number, inserted: string) {
  const { start, end, touched } = shiftRange(range, [{ rangeOffset: offset, rangeLength: 0, text: inserted }]);
  const changed = text.slice(0, offset) + inserted + text.slice(offset);
  return { covered: changed.slice(start, end), touched };
}

describe('tracked range', () => {
  it('moves with changes before it', () =>
    assert.deepEqual(after(['one', 'zero and one']), { covered: '[two]', touched: false }));

  it('stays with changes behind it', () =>
    assert.deepEqual(after(['three', '']), { covered: '[two]', touched: false }));

  it('leaves out what is typed at its edges', () => {
    assert.deepEqual(insert(range.start, 'new'), { covered: '[two]', touched: false });
    assert.deepEqual(insert(range.end, 'new'), { covered: '[two]', touched: false });
  });

  it('takes in what is typed inside it', () => {
    assert.deepEqual(insert(range.start + 1, 'new '), { covered: '[new two]', touched: true });
  });

  it('covers what became of a change across an edge', () => {
    assert.deepEqual(after(['e [t', 'X']), { covered: 'Xwo]', touched: true });
    assert.deepEqual(after(['o] th', 'Y']), { covered: '[twY', touched: true });
    assert.deepEqual(after(['[two]', 'all']), { covered: 'all', touched: true });
    assert.deepEqual(after([' [two] ', '_']), { covered: '_', touched: true });
  });

  it('follows several changes at once, in whatever order they are given', () => {
    assert.deepEqual(after(['one', '1'], ['two', '2'], ['three', '3']), { covered: '[2]', touched: true });
    assert.deepEqual(after(['three', '3'], ['one', 'eleven']), { covered: '[two]', touched: false });
  });

  it('keeps an empty range where it is until text before it changes', () => {
    const empty = { start: 4, end: 4 };
    assert.deepEqual(shiftRange(empty, [{ rangeOffset: 6, rangeLength: 2, text: '' }]), { ...empty, touched: false });
    assert.deepEqual(shiftRange(empty, [{ rangeOffset: 0, rangeLength: 1, text: '' }]), {
      start: 3,
      end: 3,
      touched: false,
    });
  });
});
