import assert from 'node:assert/strict';
import { adapted, adaptFields, noAdaptation, withoutRefusal } from '../../../src/api/adaptation.ts';

const renaming = { parameter: 'max_tokens', replacement: 'max_completion_tokens' };

describe('what a server refuses', () => {
  it('is left out or renamed from then on, each once', () => {
    const first = adapted(noAdaptation, { parameter: 'top_k' });
    assert.deepEqual(first, { omitted: ['top_k'], renamed: {} });
    assert.deepEqual(adapted(first, { parameter: 'top_k' }), first);
    const second = adapted(first, { parameter: 'seed' });
    assert.deepEqual(second, { omitted: ['top_k', 'seed'], renamed: {} });
    assert.deepEqual(adapted(second, renaming), {
      omitted: ['top_k', 'seed'],
      renamed: { max_tokens: 'max_completion_tokens' },
    });
  });

  it('is left out under its own name where the server knows it by another', () => {
    const renamed = adapted(adapted(noAdaptation, { parameter: 'a', replacement: 'b' }), renaming);
    assert.deepEqual(adapted(renamed, { parameter: 'max_completion_tokens' }).omitted, ['max_tokens']);
  });

  it('can be taken back field by field', () => {
    const adaptation = { omitted: ['top_k', 'seed'], renamed: { max_tokens: 'max_completion_tokens', a: 'b' } };
    assert.deepEqual(withoutRefusal(adaptation, 'top_k'), { ...adaptation, omitted: ['seed'] });
    assert.deepEqual(withoutRefusal(adaptation, 'max_tokens'), { ...adaptation, renamed: { a: 'b' } });
  });

  it('never takes the place of a field that has the wanted name already', () => {
    const { renamed } = adapted(noAdaptation, renaming);
    const fields = { max_completion_tokens: 1, max_tokens: 2 };
    assert.deepEqual(adaptFields(fields, { omitted: [], renamed }), { max_completion_tokens: 1 });
  });
});
