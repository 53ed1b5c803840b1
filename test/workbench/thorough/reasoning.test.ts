import assert from 'node:assert/strict';
import { requestOf } from '../browser/replies.ts';
import { until } from '../browser/expect.ts';
import { useWindow } from '../useWindow.ts';

describe('reasoning', () => {
  const window = useWindow();
  /** Words of what the demo server reasons. */
  const thought = 'The code is at hand';

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  for (const kind of ['reasoning', 'reasoningContent', 'think', 'thinkEnd'] as const) {
    it(`is shown, and neither copied nor sent back: ${kind}`, async () => {
      const { demo, chat } = window();
      await window().runCommand('Askance: New chat');
      await window().page.evaluate("navigator.clipboard.writeText('')");
      demo.enqueue({ kind: 'fault', fault: { kind } });
      await window().ask('What do you think?');
      await demo.nextRequest();
      const answer = await window().answer(0);
      assert.ok((await answer.locator('.reasoning').textContent())?.includes(thought));
      await answer.hover();
      await chat.getByRole('button', { name: 'Copy answer' }).click();
      await until('the answer is copied', async () =>
        (await window().clipboard()).includes('The question came without code'),
      );
      const copied = await window().clipboard();
      assert.ok(!copied.includes(thought), copied);
      await window().ask('And now?');
      const { messages } = requestOf(await demo.nextRequest());
      assert.deepEqual(
        messages.map(({ role }) => role),
        ['system', 'user', 'assistant', 'user'],
      );
      assert.ok(!JSON.stringify(messages).includes(thought));
      await window().answer(1);
    });
  }
});
