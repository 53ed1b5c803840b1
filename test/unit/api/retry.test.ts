import assert from 'node:assert/strict';
import { Wait } from '../../../src/api/retry.ts';

describe('a wait', () => {
  it('ends at once where it was cancelled before it began', async () => {
    const { over } = new Wait(60_000, AbortSignal.abort());
    await assert.rejects(over, { name: 'AbortError' });
  });
});
