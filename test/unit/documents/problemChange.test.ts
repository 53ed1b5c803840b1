import assert from 'node:assert/strict';
import { loadLineDiff, type LineDiff } from '../../../src/documents/lineDiff.ts';
import { newProblems, problemsInNewLines, type Problem } from '../../../src/documents/problemChange.ts';

const text = 'import a\nx = one()\ny = two()\nz = three()\n';

/** A problem on an occurrence of a word. */
function at(all: string, word: string, message = `Cannot find ${word}`, kind = 'py 1'): Problem {
  const start = all.indexOf(word);
  assert.notEqual(start, -1, word);
  return { start, end: start + word.length, kind, message };
}

describe('a problem after an edit', () => {
  let lineDiff: LineDiff;
  before(async () => {
    lineDiff = await loadLineDiff();
  });
  const fresh = (now: string, before: readonly Problem[], after: readonly Problem[]) =>
    newProblems({ text, problems: before }, { text: now, problems: after }, lineDiff).map(({ message }) => message);

  it('is not new where it moved along with its line', () => {
    const now = text.replace('x = one()', 'x = 1\nx2 = 2');
    assert.deepEqual(fresh(now, [at(text, 'three')], [at(now, 'three')]), []);
  });

  it('is new where it is on another line than one with the same words', () => {
    const now = text.replace('x = one()', 'x = three(1)');
    const added = at(now, 'three');
    const moved = { ...added, start: now.lastIndexOf('three'), end: now.lastIndexOf('three') + 5 };
    const found = newProblems(
      { text, problems: [at(text, 'three')] },
      { text: now, problems: [added, moved] },
      lineDiff,
    );
    assert.deepEqual(found, [added]);
  });

  it('is not new where it was in the lines that were replaced', () => {
    const now = text.replace('x = one()\ny = two()', 'first = 1\nsecond = two(2)');
    assert.deepEqual(fresh(now, [at(text, 'two')], [at(now, 'two')]), []);
  });

  it('is not new where its lines were moved elsewhere', () => {
    const now = 'import a\ny = two()\nz = three()\nx = one( )\n';
    assert.deepEqual(fresh(now, [at(text, 'one')], [at(now, 'one')]), []);
  });

  it('is new once where it was there once and is there twice', () => {
    const now = text.replace('y = two()', 'y = two(0)\ny2 = two(1)');
    const again = { ...at(now, 'two'), start: now.lastIndexOf('two'), end: now.lastIndexOf('two') + 3 };
    assert.deepEqual(fresh(now, [at(text, 'two')], [at(now, 'two'), again]), ['Cannot find two']);
  });

  it('is new where its code differs', () => {
    const now = text.replace('y = two()', 'y = two(0)');
    assert.deepEqual(fresh(now, [at(text, 'two', 'Bad')], [at(now, 'two', 'Bad', 'py 2')]), ['Bad']);
  });

  it('is not new where only the line that its message names has moved', () => {
    const now = `# A comment.\n${text}`;
    const before = [at(text, 'three', 'redefined from line 2')];
    assert.deepEqual(fresh(now, before, [at(now, 'three', 'redefined from line 3')]), []);
  });

  it('is new where it comes up in a line that stayed', () => {
    const now = text.replace('import a\n', '');
    assert.deepEqual(fresh(now, [], [at(now, 'one')]), ['Cannot find one']);
  });

  it('is not new in a text that is the same', () => {
    assert.deepEqual(fresh(text, [at(text, 'one'), at(text, 'two')], [at(text, 'two')]), []);
  });

  it('is found among thousands at once', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `v${index} = unknown${index}()\n`);
    const all = (whole: string) => lines.map((_, index) => at(whole, `unknown${index}(`));
    const old = lines.join('');
    const now = `# New.\n${old}bad()\n`;
    const after = [...all(now), at(now, 'bad')];
    assert.deepEqual(newProblems({ text: old, problems: all(old) }, { text: now, problems: after }, lineDiff), [
      at(now, 'bad'),
    ]);
  });

  it('is in the new code where its line is new', () => {
    const now = text.replace('y = two()', 'y = four()');
    const problems = [at(now, 'one'), at(now, 'four')];
    assert.deepEqual(problemsInNewLines(text, { text: now, problems }, lineDiff), [at(now, 'four')]);
  });
});
