import assert from 'node:assert/strict';
import { generated } from '../../replies/generator/generate.ts';
import { judge, readCase, shownExpected, shownOutcome } from '../../replies/judge.ts';
import { loadAllCases, pendingNames } from '../../replies/load.ts';

const cases = loadAllCases();
const pending = pendingNames();

describe('the corpus of replies', () => {
  for (const example of cases) {
    const isPending = pending.has(example.name);
    it(isPending ? `${example.name} is pending` : example.name, () => {
      const outcome = readCase(example);
      const verdict = judge(example, outcome);
      const isRight = verdict === 'written' || verdict === 'asked';
      if (isPending) assert.ok(!isRight, `${example.name} passes: remove it from test/replies/pending.txt`);
      else if (!isRight) assert.equal(shownOutcome(outcome), shownExpected(example), `${example.name}: ${verdict}`);
    });
  }

  it('has every pending case', () => {
    const names = new Set(cases.map(({ name }) => name));
    assert.deepEqual(
      [...pending].filter((name) => !names.has(name) && !name.startsWith(generated)),
      [],
    );
  });

  it('has at least 600 cases, 5 of each shape, 200 that are offered, in 25 languages', () => {
    const shapes = Map.groupBy(cases, ({ shape }) => shape);
    const few = [...shapes].filter(([, examples]) => examples.length < 5).map(([shape]) => shape);
    assert.deepEqual(few, [], 'shapes with fewer than 5 cases');
    assert.ok(cases.length >= 600, `${cases.length} cases`);
    assert.ok(cases.filter(({ expected }) => expected.kind === 'offered').length >= 200, 'offered cases');
    assert.ok(new Set(cases.map(({ targets }) => targets[0].languageId)).size >= 25, 'languages');
  });
});
