import assert from 'node:assert/strict';
import { asDiff, changedLines } from '../../../src/documents/removedLines.ts';

describe('the old text of a changed line', () => {
  it('is shown at the one line that took its place, whatever that is', () => {
    assert.deepEqual(changedLines('total = 1\n', 'raise ValueError\n'), [{ index: 0, before: 'total = 1' }]);
    assert.deepEqual(changedLines('\ttotal = 1\r\n', '\tsum = 1\r\n'), [{ index: 0, before: '\ttotal = 1' }]);
    assert.deepEqual(changedLines('a', 'b'), [{ index: 0, before: 'a' }]);
  });

  it('is shown at each of several lines that resemble the old ones', () => {
    const before = 'total = 0\nfor item in cart:\n    total += item.price\n';
    const now = 'amount = 0\nfor item in cart:\n    amount += item.price\n';
    assert.deepEqual(changedLines(before, now), [
      { index: 0, before: 'total = 0' },
      { index: 2, before: '    total += item.price' },
    ]);
  });

  for (const [what, before, now] of [
    ['fewer lines came', 'one\ntwo\n', 'one and two\n'],
    ['more lines came', 'one\n', 'one\ntwo\n'],
    ['none came', 'one\n', ''],
    ['nothing went', '', 'one\n'],
    ['a blank line went', '\n', 'one\n'],
    ['lines came that have nothing of the old ones', 'open(file)\nread(all)\n', 'const x = 1;\nreturn x;\n'],
  ] as const) {
    it(`is shown at no line where ${what}`, () => {
      assert.equal(changedLines(before, now), undefined);
    });
  }
});

describe('removed lines as a diff', () => {
  it('are marked one by one, up to a limit', () => {
    assert.equal(asDiff('one\r\ntwo', 9), '- one\n- two');
    assert.equal(asDiff('one\n\nthree\n', 2), '- one\n- \n…');
  });
});
