import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { useWindow } from '../useWindow.ts';
import { until } from './expect.ts';
import { longAnswer, requestOf } from './replies.ts';

describe('a conversation', () => {
  const window = useWindow();
  const turn = (index: number): Locator => window().chat.locator('.turn').nth(index);
  const say = (text: string, finish: 'stop' | 'length' = 'stop') =>
    window().demo.enqueue({ kind: 'text', text, finish });
  const question = async () => requestOf(await window().demo.nextRequest()).messages.at(-1)?.content;

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
  });

  it('keeps an answer beside the one that is asked for anew', async () => {
    say('The first answer.');
    await window().ask('What is it?');
    await question();
    const answer = await window().answer(0);
    say('The second answer.');
    await answer.getByRole('button', { name: 'Regenerate' }).click();
    assert.equal(await question(), 'What is it?');
    await turn(0).getByText('The second answer.').waitFor();
    await turn(0).getByText('2/2').waitFor();
    await turn(0).getByRole('button', { name: 'Previous alternative' }).click();
    await turn(0).getByText('The first answer.').waitFor();
    await turn(0).getByText('1/2').waitFor();
  });

  it('asks an earlier question in other words, and Escape leaves it', async () => {
    const { page } = window();
    say('Later.');
    await window().ask('And then?');
    await question();
    await window().answer(1);
    await turn(0).getByRole('button', { name: 'Edit question' }).click();
    await page.keyboard.type(' No.');
    await page.keyboard.press('Escape');
    assert.equal(await turn(0).locator('.question-text').innerText(), 'What is it?');
    await turn(0).getByRole('button', { name: 'Edit question' }).click();
    await window().screenshot('conversation-edit');
    await page.keyboard.type(' Really.');
    say('An edited answer.');
    await page.keyboard.press('Enter');
    assert.equal(await question(), 'What is it? Really.');
    await turn(0).getByText('An edited answer.').waitFor();
    await turn(1).waitFor({ state: 'detached' });
    await turn(0).getByText('3/3').waitFor();
    await turn(0).getByRole('button', { name: 'Previous alternative' }).click();
    await turn(0).getByText('2/3').waitFor();
    await turn(0).getByRole('button', { name: 'Previous alternative' }).click();
    await turn(1).getByText('Later.').waitFor();
  });

  it('deletes a turn and brings it back', async () => {
    await turn(1).hover();
    await turn(1).getByRole('button', { name: 'Delete question and answer' }).click();
    await turn(1).waitFor({ state: 'detached' });
    await window().page.getByRole('button', { name: 'Undo' }).click();
    await turn(1).getByText('Later.').waitFor();
  });

  it('continues an answer that was cut off inside a code block', async () => {
    say('Here:\n\n```python\ndef words(text):\n    return text.sp', 'length');
    await window().ask('Show me words.');
    await question();
    const answer = await window().answer(2);
    await answer.getByText(/reached the token limit/).waitFor();
    await window().screenshot('conversation-cut');
    say('```python\n    return text.split()\n```\n\nThat is all.');
    await answer.getByRole('button', { name: 'Continue' }).click();
    const asked = requestOf(await window().demo.nextRequest()).messages;
    assert.equal(asked.at(-2)?.role, 'assistant');
    await answer.getByText('That is all.').waitFor();
    const code = answer.getByRole('group', { name: /^Code/ });
    assert.equal(await code.count(), 1);
    assert.match(await code.innerText(), /def words\(text\):\s+return text\.split\(\)\s*$/);
    assert.match(await (await window().answer(2)).innerText(), /finish reason: stop/);
  });

  it('shows all that is known of an answer', async () => {
    const answer = await window().answer(2);
    await answer.getByRole('button', { name: 'Answer details' }).click();
    const details = answer.getByRole('group', { name: 'Answer details' });
    for (const name of ['Connection', 'Time to first token', 'Response ID', 'Total tokens', 'Role', 'Choice index']) {
      await details.getByText(name, { exact: true }).waitFor();
    }
    await details.getByText('Last server message').click();
    await details.getByText('"finish_reason": "stop"').waitFor();
    await window().screenshot('conversation-details');
  });

  it('asks a question that waited for the end of an answer', async () => {
    const { chat, demo } = window();
    demo.enqueue({ kind: 'text', text: 'word '.repeat(100), pace: { charactersPerDelta: 4, deltasPerSecond: 40 } });
    await window().ask('Count.');
    await question();
    await turn(3)
      .getByText(/word word/)
      .waitFor();
    say('Counted.');
    await window().ask('And after that?');
    await chat.getByText('Queued:').waitFor();
    await window().screenshot('conversation-queued');
    assert.equal(await question(), 'And after that?');
    await turn(4).getByText('Counted.').waitFor();
    assert.equal(await chat.getByText('Queued:').count(), 0);
  });

  it('gives the waiting question back where the answer is stopped', async () => {
    const { chat, demo, page } = window();
    demo.enqueue(longAnswer);
    await window().ask('Count on.');
    await question();
    await turn(5)
      .getByText(/one two/)
      .waitFor();
    await window().ask('Never asked?');
    await chat.getByText('Queued:').waitFor();
    await page.keyboard.press('Escape');
    await until('the question is back', async () => (await window().question.inputValue()) === 'Never asked?');
    await window().question.fill('');
  });

  it('recalls earlier questions in an empty input', async () => {
    const { page } = window();
    await window().question.focus();
    await page.keyboard.press('ArrowUp');
    assert.equal(await window().question.inputValue(), 'Count on.');
    await page.keyboard.press('ArrowUp');
    assert.equal(await window().question.inputValue(), 'And after that?');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await window().question.inputValue(), '');
  });

  it('quotes what is selected in an answer', async () => {
    const { chat } = window();
    // The paragraph is wider than its one word.
    await turn(4)
      .getByText('Counted.')
      .dblclick({ position: { x: 12, y: 8 } });
    await chat.getByRole('button', { name: 'Quote' }).click();
    assert.equal(await window().question.inputValue(), '> Counted\n\n');
  });
});
