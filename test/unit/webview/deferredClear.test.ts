import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { DeferredClear } from '../../../src/webview/deferredClear.ts';

describe('a question that is sent', () => {
  function sent(): { clearing: DeferredClear; input: { value: string }; left: Promise<string> } {
    const clearing = new DeferredClear();
    const input = { value: 'Why?' };
    const { promise: left, resolve } = Promise.withResolvers<string>();
    clearing.begin(input, resolve);
    return { clearing, input, left };
  }

  it('stands in the input until its message is out, and cannot be sent again meanwhile', async () => {
    const { clearing, input, left } = sent();
    assert.deepEqual([clearing.isPending, input.value], [true, 'Why?']);
    assert.equal(await left, '');
    assert.deepEqual([clearing.isPending, input.value], [false, '']);
  });

  it('leaves what was typed behind it, and all where it was changed', async () => {
    for (const [typed, rest] of [
      ['Why? Be', ' Be'],
      ['Whoy?', 'Whoy?'],
    ] as const) {
      const { input, left } = sent();
      input.value = typed;
      assert.equal(await left, rest);
      assert.equal(input.value, rest);
    }
  });

  it('takes nothing away once another text has come into the input', async () => {
    const { clearing, input } = sent();
    clearing.cancel();
    // A timer that was set before this one would have fired.
    await setTimeout();
    assert.deepEqual([clearing.isPending, input.value], [false, 'Why?']);
  });
});
