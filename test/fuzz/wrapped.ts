import assert from 'node:assert/strict';
import { anyCase } from '../replies/generator/generate.ts';
import { judge, readCase, shownExpected, shownOutcome } from '../replies/judge.ts';
import { pendingNames } from '../replies/load.ts';
import type { FuzzTarget } from './target.ts';

const pending = pendingNames();

/** A right answer in a habit of models never gives a wrong file, in any language. */
export const wrappedAnswers: FuzzTarget = {
  name: 'wrapped answers',
  run(random) {
    const example = anyCase(random);
    if (example === undefined || pending.has(example.shape)) return;
    const outcome = readCase(example);
    const { languageId } = example.targets[0];
    const shown = `${example.name}, ${languageId}\n${example.reply}`;
    if (judge(example, outcome) === 'wrong') assert.equal(shownOutcome(outcome), shownExpected(example), shown);
  },
};
