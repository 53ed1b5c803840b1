import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import type { Reply } from '../../server/reply.ts';

describe('the limit that cut an answer off', () => {
  const window = useWindow({
    settings: (baseUrl) => ({
      'askance.connections': [
        { name: 'Plain', baseUrl, model: 'demo', parameters: { max_tokens: 500 } },
        { name: 'Extra', baseUrl, model: 'demo', extraBody: { max_completion_tokens: 500 } },
      ],
    }),
  });
  const nothing: Reply = { kind: 'text', text: '', finish: 'length' };
  const button = (name: string | RegExp) => window().chat.getByRole('button', { name });
  const limits = async (): Promise<unknown> => {
    const body = Object((await window().demo.nextRequest()).body);
    return { max_tokens: body.max_tokens, max_completion_tokens: body.max_completion_tokens };
  };
  const raise = async (was: RegExp, to: string): Promise<void> => {
    await button('Raise token limit').click();
    await window().page.locator('.quick-input-widget').getByText(was).waitFor();
    await window().answerInputBox('Raise token limit', to);
  };

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  it('is raised for the rest of the answer, and for what follows', async () => {
    const { demo } = window();
    demo.enqueue({ kind: 'fault', fault: { kind: 'length' } });
    await window().ask('Cut off?');
    assert.deepEqual(await limits(), { max_tokens: 500, max_completion_tokens: undefined });
    await window().answer(0);
    await raise(/\(max_tokens\)\. It was 500/, '900');
    assert.deepEqual(await limits(), { max_tokens: 900, max_completion_tokens: undefined });
    await window().answer(0);
    await window().ask('And now?');
    assert.deepEqual(await limits(), { max_tokens: 900, max_completion_tokens: undefined });
    await window().answer(1);
  });

  it('is sent again where the server had refused it', async () => {
    const { demo } = window();
    await window().runCommand('Askance: New chat');
    demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 400, param: 'max_tokens' } });
    await window().ask('Refused?');
    await limits();
    demo.enqueue(nothing);
    await button('Retry without max_tokens').click();
    assert.deepEqual(await limits(), { max_tokens: undefined, max_completion_tokens: undefined });
    await raise(/It wasn't sent/, '700');
    assert.deepEqual(await limits(), { max_tokens: 700, max_completion_tokens: undefined });
    await window().answer(0);
  });

  it('is raised under the name that the connection has for it, where it left no room for an answer', async () => {
    const { demo } = window();
    await window().runCommand('Askance: New chat');
    await button(/^Plain · /).click();
    await window().pickQuickly(/^Extra/);
    await button(/^Extra · /).waitFor();
    demo.enqueue(nothing);
    await window().ask('Only thoughts?');
    assert.deepEqual(await limits(), { max_tokens: undefined, max_completion_tokens: 500 });
    await (await window().answer(0)).getByText('cut off before it began').waitFor();
    await raise(/\(max_completion_tokens\)\. It was 500/, '2000');
    assert.deepEqual(await limits(), { max_tokens: undefined, max_completion_tokens: 2000 });
    await (await window().answer(0)).getByText('The question came without code').waitFor();
  });
});
