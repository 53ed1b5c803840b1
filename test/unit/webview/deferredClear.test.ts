import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { Departure } from '../../../src/webview/deferredClear.ts';

describe('a question that is sent', () => {
  function sent(): { departure: Departure; input: { value: string }; left: Promise<string> } {
    const departure = new Departure();
    const input = { value: 'Why?' };
    const { promise: left, resolve } = Promise.withResolvers<string>();
    departure.begin(input, resolve);
    return { departure, input, left };
  }

  it('stands in the input until its message is out, and cannot be sent again meanwhile', async () => {
    const { departure, input, left } = sent();
    assert.deepEqual([departure.isPending, input.value], [true, 'Why?']);
    assert.equal(await left, '');
    assert.deepEqual([departure.isPending, input.value], [false, '']);
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
    const { departure, input } = sent();
    departure.cancel();
    // A timer that was set before this one would have fired.
    await setTimeout();
    assert.deepEqual([departure.isPending, input.value], [false, 'Why?']);
  });
});
