import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Fault } from '../../server/reply.ts';
import { useWindow } from '../useWindow.ts';

describe('what is sent, and what can be done when it is refused', () => {
  const window = useWindow({
    demo: { apiKey: 'right-key' },
    settings: (baseUrl) => ({
      'askance.connections': [
        { name: 'First', baseUrl, model: 'demo-1', parameters: { top_k: 7, max_tokens: 900 }, penaltyRange: 'wide' },
        { name: 'Second', baseUrl, model: 'demo-2' },
      ],
    }),
  });
  const refuse = (fault: Fault) => window().demo.enqueue({ kind: 'fault', fault });
  const body = async (): Promise<Record<string, unknown>> =>
    (await window().demo.nextRequest()).body as Record<string, unknown>;
  const button = (name: string | RegExp): Locator => window().chat.getByRole('button', { name });
  let answers = 0;
  const ask = async (question: string): Promise<Locator> => {
    await window().ask(question);
    return window().chat.getByRole('article', { name: 'Answer' }).nth(answers++);
  };
  const over = (answer: Locator): Promise<void> => answer.getByText('The question came without code').waitFor();

  before(async () => {
    await window().runCommand('Askance: Set API key');
    await window().answerInputBox('Stored by VS Code', 'right-key');
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  it('refuses a parameter out of its range as it is typed, and sends the one that is in it', async () => {
    await button('Parameters of this chat').click();
    const temperature = window().chat.getByLabel('temperature');
    assert.equal(await temperature.getAttribute('placeholder'), 'default: 0.2');
    assert.equal(await window().chat.getByLabel('top_k').getAttribute('placeholder'), 'connection: 7');
    await temperature.fill('3');
    await window().chat.getByText('temperature must be a number from 0 to 2.').waitFor();
    assert.equal(await temperature.getAttribute('aria-invalid'), 'true');
    await window().screenshot('parameters');
    await temperature.fill('0.7');
    await window().chat.getByText('temperature must be').waitFor({ state: 'detached' });
    await temperature.press('Escape');
    const answer = await ask('Hello?');
    const { temperature: sent, top_k: ofConnection, top_p: unset } = await body();
    assert.deepEqual([sent, ofConnection, unset], [0.7, 7, undefined]);
    await over(answer);
  });

  it('is asked again without the parameter that a server refuses, which is remembered until it is revoked', async () => {
    refuse({ kind: 'status', status: 400, param: 'top_k' });
    const answer = await ask('And this?');
    assert.equal((await body())['top_k'], 7);
    await answer.getByRole('button', { name: 'Retry without top_k' }).waitFor();
    await window().screenshot('refused');
    await answer.getByRole('button', { name: 'Retry without top_k' }).click();
    assert.ok(!('top_k' in (await body())));
    await over(answer);
    await window().chat.getByText('Adjusted for this server: top_k').waitFor();

    await button('Parameters of this chat').click();
    await button('Send again').click();
    await window().chat.getByText("top_k isn't sent").waitFor({ state: 'detached' });
    await button('Close').click();
    const next = await ask('Once more?');
    assert.equal((await body())['top_k'], 7);
    await over(next);
  });

  it('is asked again under the name that a server wants', async () => {
    refuse({ kind: 'maxCompletionTokens' });
    const answer = await ask('With a limit?');
    assert.equal((await body())['max_tokens'], 900);
    await answer.getByRole('button', { name: 'Retry with max_completion_tokens' }).click();
    const { max_tokens: old, max_completion_tokens: wanted } = await body();
    assert.deepEqual([old, wanted], [undefined, 900]);
    await over(answer);
  });

  it('waits as long as a server asks, unless the user wants it now', async () => {
    refuse({ kind: 'status', status: 429, retryAfter: '59' });
    const answer = await ask('Busy?');
    await body();
    await answer.getByText(/Trying again in 5\d s/).waitFor();
    await window().screenshot('countdown');
    await answer.getByRole('button', { name: 'Retry now' }).click();
    await body();
    await over(answer);
  });

  it('is not sent again where the wait is cancelled', async () => {
    refuse({ kind: 'status', status: 429, retryAfter: '59' });
    const answer = await ask('Still busy?');
    await body();
    const requests = window().demo.requests.length;
    await answer.getByText(/Trying again in 5\d s/).waitFor();
    await answer.getByRole('button', { name: 'Cancel' }).click();
    await answer.getByText('Stopped.').waitFor();
    assert.equal(window().demo.requests.length, requests);
  });

  it('waits for longer only if the user says so, and can be cancelled then', async () => {
    refuse({ kind: 'status', status: 429, retryAfter: '90' });
    const answer = await ask('Very busy?');
    await body();
    await answer.getByRole('button', { name: 'Wait and retry' }).click();
    await answer.getByText(/Trying again in 1:\d\d/).waitFor();
    await answer.getByRole('button', { name: 'Cancel' }).click();
    await answer.getByText('Stopped.').waitFor();
  });

  it('is shown before it is sent, with the key masked, and copied as a command whose key is a variable', async () => {
    await window().question.fill('What would be sent?');
    const requests = window().demo.requests.length;
    await button('Preview request').click();
    const { editor } = window();
    await editor.getByText('"Bearer •••"').waitFor();
    await editor.getByText(`"${window().demo.url}/v1/chat/completions"`).waitFor();
    await window().screenshot('request');
    await window().runCommand('Askance: Copy request as curl command');
    await window().page.getByText('The command reads the API key from the variable').first().waitFor();
    const command = await window().clipboard();
    assert.ok(command.startsWith(`curl -gN '${window().demo.url}/v1/chat/completions'`));
    assert.ok(command.includes(`-H 'Authorization: Bearer '"$ASKANCE_API_KEY"''`));
    assert.ok(command.includes('What would be sent?'));
    assert.ok(!command.includes('right-key'));
    assert.equal(window().demo.requests.length, requests);
  });

  it('goes to the connection that is chosen above the input from the next question on', async () => {
    await button(/^First · /).click();
    await window()
      .page.locator('.quick-input-widget')
      .getByRole('option', { name: /^Second/ })
      .click();
    await button(/^Second · demo-2/).waitFor();
    const answer = await ask('Who are you?');
    assert.equal((await body())['model'], 'demo-2');
    await over(answer);
  });

  it('is not sent with what the conversation set out of the range of the connection that is chosen now', async () => {
    await button(/^Second · /).click();
    await window().pickQuickly(/^First/);
    await button(/^First · demo-1/).waitFor();
    await button('Parameters of this chat').click();
    await window().chat.getByLabel('presence_penalty').fill('-1');
    await button('Close').click();
    await button(/^First · /).click();
    await window().pickQuickly(/^Second/);
    await button(/^Second · demo-2/).waitFor();
    const requests = window().demo.requests.length;
    const problem =
      /can't use these settings: presence_penalty must be a number from 0 to 2\. .*parameters of this chat/;
    await button('Preview request').click();
    await window().chat.getByText(problem).waitFor();
    const answer = await ask('And out of range?');
    await answer.getByText(problem).waitFor();
    assert.equal(window().demo.requests.length, requests);
    await button('Parameters of this chat').click();
    await window().chat.getByLabel('presence_penalty').fill('1');
    await button('Close').click();
    await answer.getByRole('button', { name: 'Retry' }).click();
    assert.equal((await body())['presence_penalty'], 1);
    await over(answer);
  });
});
