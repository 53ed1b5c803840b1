import assert from 'node:assert/strict';
import { allCases, generated, samples } from '../../replies/generator/generate.ts';
import { judge, readCase, shownExpected, shownOutcome } from '../../replies/judge.ts';
import { pendingNames, type SeveralCase } from '../../replies/load.ts';

const pending = pendingNames();
/** How many cases of a habit may be offered though they could be written. */
const needless = 0.05;

describe('right answers in the habits of models, in every language', () => {
  const habits = Map.groupBy(allCases(), ({ shape }) => shape);

  for (const [shape, cases] of habits) {
    const isPending = pending.has(shape);
    it(isPending ? `${shape} is pending` : shape, () => {
      const fault = faultOf(cases);
      if (isPending) assert.ok(fault, `${shape} passes: remove it from test/replies/pending.txt`);
      else assert.equal(fault, undefined);
    });
  }

  it('are of at least 40 languages', () => {
    assert.ok(new Set(samples.map(({ languageId }) => languageId)).size >= 40);
  });

  it('has every pending habit', () => {
    const names = [...pending].filter((name) => name.startsWith(generated));
    assert.deepEqual(
      names.filter((name) => !habits.has(name)),
      [],
    );
  });
});

/** The first wrong file, or how many are offered needlessly if these are too many. */
function faultOf(cases: readonly SeveralCase[]): string | undefined {
  let offered = '';
  let count = 0;
  for (const example of cases) {
    const outcome = readCase(example);
    const verdict = judge(example, outcome);
    if (verdict === 'written' || verdict === 'asked') continue;
    const { languageId } = example.targets[0];
    const shown = `${languageId}: ${verdict}\n--- reply\n${example.reply}\n--- is\n${shownOutcome(outcome)}`;
    if (verdict !== 'needless') return `${shown}\n--- should be\n${shownExpected(example)}`;
    offered ||= shown;
    count += 1;
  }
  return count > cases.length * needless ? `${count} of ${cases.length} are offered needlessly. ${offered}` : undefined;
}
