import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { noAnswer } from '../../../src/conversation/answer.ts';
import type { AnswerStatus, ConnectionView, TurnView } from '../../../src/shared/protocol.ts';
import { LonePage, snapshot } from './lonePage.ts';

const connection: ConnectionView = {
  name: 'Demo',
  model: 'demo',
  server: 'localhost',
  parameters: {},
  penaltyRange: 'documented',
  refused: [],
  warnings: [],
};
const turn = (status: AnswerStatus): TurnView => ({
  id: 't',
  question: 'Why?',
  attachments: [],
  answer: { ...noAnswer, text: 'Because.', status },
  alternatives: ['t'],
});

describe('the keyboard', () => {
  let lone: LonePage;
  const button = (name: string): Locator => lone.page.getByRole('button', { name });
  const focused = (part: Locator): Promise<void> => part.and(lone.page.locator(':focus')).waitFor();
  const question = (): Locator => lone.page.getByRole('textbox', { name: 'Question' });
  const show = (status: AnswerStatus): Promise<void> => lone.tell({ type: 'turns', from: 0, turns: [turn(status)] });
  const stops = async (): Promise<number> => (await lone.told('stop')).length;

  before(async () => {
    lone = await LonePage.open();
    await lone.tell(snapshot([turn({ kind: 'streaming' })], { readiness: { kind: 'ready', connection } }));
  });
  after(() => lone[Symbol.asyncDispose]());

  it('stops the answer by Escape wherever the focus is, once, unless what has it takes the key', async () => {
    await button('Preview request').press('Escape');
    assert.equal(await stops(), 1);
    await question().press('Escape');
    assert.equal(await stops(), 2);
    await button('Parameters of this chat').press('Enter');
    await lone.page.getByLabel('temperature').press('Escape');
    await focused(button('Parameters of this chat'));
    assert.equal(await stops(), 2);
    await show({ kind: 'done', finishReason: 'stop' });
    await question().press('Escape');
    assert.equal(await stops(), 2);
  });

  it('goes on in the input where what had the focus is gone', async () => {
    await button('Regenerate').press('Enter');
    assert.deepEqual(await lone.told('turn'), [{ type: 'turn', action: 'regenerate', turnId: 't' }]);
    await show({ kind: 'waiting' });
    await focused(question());
  });

  it('stays where a reader has clicked', async () => {
    await show({ kind: 'done', finishReason: 'stop' });
    await lone.page.getByText('Because.').click();
    await show({ kind: 'waiting' });
    await show({ kind: 'done', finishReason: 'stop' });
    assert.equal(await lone.page.locator(':focus').count(), 0);
  });

  it('goes from one alternative to the next, and back', async () => {
    const alternative = (id: string): TurnView => ({
      ...turn({ kind: 'done', finishReason: 'stop' }),
      id,
      alternatives: ['u', 'v', 'w'],
    });
    await lone.tell({ type: 'turns', from: 0, turns: [alternative('u')] });
    await button('Next alternative').press('Enter');
    for (const id of ['v', 'w']) {
      await lone.tell({ type: 'turns', from: 0, turns: [alternative(id)] });
      await focused(button('Next alternative'));
      if (id === 'v') await lone.page.keyboard.press('Enter');
    }
    assert.deepEqual(
      (await lone.told('turn')).slice(-2).map(({ turnId }) => turnId),
      ['v', 'w'],
    );
  });
});
