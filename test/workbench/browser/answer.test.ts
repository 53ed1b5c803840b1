import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import { longAnswer, requestOf } from './replies.ts';

describe('an answer', () => {
  const window = useWindow();

  it('waits for Enter; Shift+Enter makes a new line', async () => {
    const { question, page, demo } = window();
    await window().runCommand('Askance: Focus chat');
    await question.waitFor();
    demo.enqueue({ kind: 'text', text: 'Both lines came.' });
    await question.pressSequentially('first');
    await question.press('Shift+Enter');
    await question.pressSequentially('second');
    assert.equal(await question.inputValue(), 'first\nsecond');
    assert.equal(demo.requests.length, 0);
    await page.keyboard.press('Enter');
    assert.match(requestOf(await demo.nextRequest()).messages.at(-1)!.content, /first\nsecond/);
    assert.match(await (await window().answer(0)).innerText(), /Both lines came\./);
    assert.equal(await question.inputValue(), '');
  });

  it('stops where the user stops it, and the connection with it', async () => {
    const { chat, demo } = window();
    demo.enqueue(longAnswer);
    await window().ask('Count.');
    const request = await demo.nextRequest();
    await chat
      .getByRole('article', { name: 'Answer' })
      .last()
      .getByText(/one two three/)
      .waitFor();
    await chat.getByRole('button', { name: 'Stop' }).click();
    const answer = await window().answer(1);
    assert.equal(await request.closed, 'early');
    await answer.getByText('Stopped.').waitFor();
    assert.match(await answer.innerText(), /one two three/);
  });

  it('that fails says why, and Retry asks again', async () => {
    const { demo } = window();
    demo.enqueue({ kind: 'fault', fault: { kind: 'status', status: 400 } });
    await window().ask('Will this work?');
    await demo.nextRequest();
    const answer = await window().answer(2);
    await answer.getByText(/400/).first().waitFor({ state: 'attached' });
    await window().screenshot('error');
    demo.enqueue({ kind: 'text', text: 'It works now.' });
    await answer.getByRole('button', { name: 'Retry' }).click();
    assert.match(requestOf(await demo.nextRequest()).messages.at(-1)!.content, /Will this work\?/);
    await answer.getByText('It works now.').waitFor();
  });

  it('that breaks off keeps what came', async () => {
    const { demo } = window();
    demo.enqueue({ kind: 'fault', fault: { kind: 'errorInStream', afterDeltas: 3 } });
    await window().ask('Tell me more.');
    const answer = await window().answer(3);
    await answer.getByText('The model stopped in the middle of its answer.').first().waitFor({ state: 'attached' });
    await answer.getByRole('button', { name: 'Retry' }).waitFor();
  });

  it('can be copied', async () => {
    const { demo } = window();
    demo.enqueue({ kind: 'text', text: 'Some **bold** words.' });
    await window().ask('Say something bold.');
    const answer = await window().answer(4);
    await answer.getByText('bold', { exact: true }).waitFor();
    await answer.getByRole('button', { name: 'Copy answer' }).click();
    await until('the answer is on the clipboard', async () =>
      (await window().clipboard()).includes('Some **bold** words.'),
    );
  });

  it('executes nothing that a model writes', async () => {
    const { chat, demo } = window();
    const text =
      '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>[link](javascript:alert(1))';
    demo.enqueue({ kind: 'text', text: `Before. ${text} After.` });
    await window().ask('Attack me.');
    const answer = await window().answer(5);
    await answer.getByText(/After\./).waitFor();
    assert.equal(await answer.locator('script, img').count(), 0);
    assert.equal(await answer.locator('a[href^="javascript"]').count(), 0);
    assert.notEqual(await chat.locator('body').evaluate((body) => body.ownerDocument.title), 'run');
  });
});
