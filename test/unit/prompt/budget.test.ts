import assert from 'node:assert/strict';
import { fitBudget, promptLimit } from '../../../src/prompt/budget.ts';
import { estimateTokens, TokenEstimates } from '../../../src/prompt/tokens.ts';

const parts = { system: 100, history: [300, 200, 100], context: 1000, question: 50 };

describe('the budget of a question', () => {
  it('is the sum of its parts, and fits where no limit is known', () => {
    assert.deepEqual(fitBudget(parts, undefined), { total: 1750, leftOut: 0, canFit: true });
    assert.deepEqual(fitBudget(parts, 1750), { total: 1750, leftOut: 0, canFit: true });
  });

  it('leaves out as many of the oldest turns as it must', () => {
    assert.deepEqual(fitBudget(parts, 1749), { total: 1750, leftOut: 1, canFit: true });
    assert.deepEqual(fitBudget(parts, 1449), { total: 1750, leftOut: 2, canFit: true });
    assert.deepEqual(fitBudget(parts, 1150), { total: 1750, leftOut: 3, canFit: true });
  });

  it('says where the question with its context is too long by itself', () => {
    assert.deepEqual(fitBudget(parts, 1149), { total: 1750, leftOut: 3, canFit: false });
  });

  it('keeps room for the answer', () => {
    assert.equal(promptLimit(8000, 1000), 7000);
    assert.equal(promptLimit(8000, undefined), 8000);
    assert.equal(promptLimit(undefined, 1000), undefined);
    assert.equal(promptLimit(1000, 999), 1);
  });

  it('keeps none for an answer that may be as long as all that the model reads: it will not be', () => {
    assert.equal(promptLimit(1000, 1000), 1000);
    assert.equal(promptLimit(1000, 4000), 1000);
  });
});

describe('estimates of tokens', () => {
  const line = 'The quick brown fox jumps over the lazy dog, and const value = source.map((x) => x + 1);\n';

  it('of a long text are made from samples, and differ little from those of all of it', () => {
    const whole = estimateTokens(line.repeat(80));
    const long = estimateTokens(line.repeat(8000));
    assert.ok(Math.abs(long / 100 / whole - 1) < 0.05, `${long} for 100 times ${whole}`);
  });

  it('learn from what the server counted, for that model alone', () => {
    const estimates = new TokenEstimates();
    assert.equal(estimates.factor('a'), 1);
    estimates.learn('a', 1000, 1200);
    assert.ok(Math.abs(estimates.factor('a') - 1.2) < 0.001);
    estimates.learn('a', 1000, 1400);
    assert.ok(Math.abs(estimates.factor('a') - 1.3) < 0.001);
    assert.equal(estimates.factor('b'), 1);
  });

  it('are not spoiled by a server that counts what was not sent', () => {
    const estimates = new TokenEstimates();
    estimates.learn('a', 10, 20_000);
    assert.equal(estimates.factor('a'), 2);
  });

  it('are made once for what does not change', () => {
    const estimates = new TokenEstimates();
    const [key, asked] = [{}, { times: 0 }];
    const text = () => `${asked.times++} words`;
    assert.equal(estimates.remembered(key, text), estimates.remembered(key, text));
    assert.equal(asked.times, 1);
  });
});
