import assert from 'node:assert/strict';
import { useWindow } from '../useWindow.ts';
import { explanation, requestOf } from './replies.ts';

describe('asking about a selection', () => {
  const window = useWindow();

  it('takes the selection into the panel as a chip that can be removed', async () => {
    const { chat, question } = window();
    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    await window().runCommand('Askance: Ask about selection');
    const chip = chat.getByRole('button', { name: /intervals\.ts:11-13/ }).first();
    await chip.waitFor();
    await question.and(chat.locator(':focus')).waitFor();
    assert.equal(window().demo.requests.length, 0, 'nothing is sent before the question');

    await chat.getByRole('button', { name: /^Remove .*intervals\.ts:11-13/ }).click();
    await chip.waitFor({ state: 'detached' });
  });

  it('sends the question with file, lines, language and code', async () => {
    await window().runCommand('Askance: Ask about selection');
    await window()
      .chat.getByRole('button', { name: /intervals\.ts:11-13/ })
      .first()
      .waitFor();
    window().demo.enqueue(explanation);
    await window().ask('How is the size computed?');

    const request = requestOf(await window().demo.nextRequest());
    assert.equal(request.model, 'demo');
    assert.equal(request.stream, true);
    const sent = request.messages.at(-1)!;
    assert.equal(sent.role, 'user');
    assert.match(sent.content, /How is the size computed\?/);
    assert.match(sent.content, /typescript\/intervals\.ts/);
    assert.match(sent.content, /```typescript\n {2}get size\(\) \{\n/);
    assert.match(sent.content, /11.{1,4}13/);
  });

  it('shows the answer with its paragraphs, its code and its titled sources', async () => {
    const answer = await window().answer(0);
    assert.deepEqual(await answer.locator('p').filter({ hasText: 'paragraph' }).count(), 3);
    await answer.getByRole('heading', { name: 'The size' }).waitFor();
    assert.match(await answer.getByRole('group', { name: /^Code/ }).innerText(), /const total = sizes\.reduce/);
    const sources = answer.getByRole('group', { name: 'Sources' }).getByRole('link');
    assert.deepEqual(await sources.allInnerTexts(), ['Reduce, explained', 'Half-open intervals', 'Sums without loops']);
    assert.match(await answer.innerText(), /demo · \d+ prompt \+ \d+ completion = \d+ tokens/);
    await window().screenshot('ask');
  });

  it('links each citation to its source', async () => {
    const answer = await window().answer(0);
    const link = answer.getByRole('link', { name: /^Source 2/ });
    assert.equal(await link.getAttribute('href'), 'https://intervals.example/half-open');
  });

  it('opens a source in the browser of the user only after VS Code has asked', async () => {
    const answer = await window().answer(0);
    await answer.getByRole('link', { name: 'Half-open intervals', exact: true }).click();
    const dialog = window().page.getByRole('dialog');
    await dialog.getByText('https://intervals.example/half-open').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('asks a follow-up with the conversation before it', async () => {
    window().demo.enqueue({ kind: 'text', text: 'It is zero.' });
    await window().ask('And for an empty set?');
    const { messages } = requestOf(await window().demo.nextRequest());
    assert.deepEqual(
      messages.filter(({ role }) => role !== 'system').map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.match(messages.at(-2)!.content, /The size/);
    assert.match(messages.at(-1)!.content, /And for an empty set\?/);
    assert.match(await (await window().answer(1)).innerText(), /It is zero\./);
  });

  it('begins anew with New chat', async () => {
    await window().runCommand('Askance: New chat');
    await window().chat.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    assert.equal(await window().chat.getByRole('article').count(), 0);
    await window().ask('Are you there?');
    const { messages } = requestOf(await window().demo.nextRequest());
    assert.equal(messages.filter(({ role }) => role !== 'system').length, 1);
  });
});
