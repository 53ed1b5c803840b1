import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { parseConnection } from '../../../src/api/connection/connection.ts';
import { TurnCommands } from '../../../src/chat/turnCommands.ts';
import { QuestionBudgets } from '../../../src/chat/questionBudget.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { Session } from '../../../src/conversation/session.ts';
import { TokenEstimates } from '../../../src/prompt/tokens.ts';
import type { Settings } from '../../../src/settings/settings.ts';
import { translator } from '../../../src/shared/l10n.ts';

/** Settings whose model reads so many tokens. */
function settingsOf(contextWindow: number): Settings {
  const parsed = parseConnection({ name: 'p', baseUrl: 'http://a.test', model: 'm', contextWindow }, translator());
  return { activeConnection: parsed, systemPrompt: () => '' } as unknown as Settings;
}

describe('the budget of a question that is asked again', () => {
  const long = 'word '.repeat(200);

  /** A conversation of two long turns and a short one, before a model that can read one and a half of them. */
  async function conversation() {
    const session = new Session(Conversation.begin(), {
      openEndpoint: async () => ({
        connection: 'p',
        model: 'm',
        systemPrompt: '',
        async *complete() {
          yield { type: 'text', text: 'Yes.' };
          yield { type: 'finish', reason: 'stop' };
        },
      }),
      report: async () => ({ message: '', actions: [] }),
    });
    for (const question of [long, long, 'Why?']) await session.ask(question, []);
    const turn = () => {
      const last = session.conversation.path.at(-1);
      assert.ok(last);
      return last;
    };
    return { session, turn, budgets: new QuestionBudgets(settingsOf(300), new TokenEstimates()) };
  }

  it('asks what to do with one that has become too long', async () => {
    const { session, turn, budgets } = await conversation();
    const { leftOut, tooLong } = budgets.again(session, turn());
    assert.deepEqual([leftOut, tooLong?.leftOut, tooLong?.canFit], [0, 1, true]);
  });

  it('asks no more once the user has chosen to send all of it, for each of its answers', async () => {
    const { session, turn, budgets } = await conversation();
    budgets.choose(session, 'sendAll', turn());
    assert.deepEqual(budgets.again(session, turn()), { leftOut: 0 });
    await session.retry(turn().id);
    assert.deepEqual(budgets.again(session, turn()), { leftOut: 0 });
    assert.deepEqual(budgets.again(session, turn(), { answer: long }), { leftOut: 0 });
    assert.ok(budgets.again(session, turn(), { question: 'Why not?' }).tooLong);
  });

  it('foresees the turns that are left out, beside those that were', async () => {
    const { session, turn, budgets } = await conversation();
    budgets.choose(session, 'leaveOut', turn());
    const { leftOut, tooLong } = budgets.again(session, turn());
    assert.deepEqual([leftOut, tooLong], [1, undefined]);
    await session.retry(turn().id, leftOut);
    assert.deepEqual(budgets.again(session, turn()), { leftOut: 1 });
    assert.deepEqual(budgets.again(session, turn(), { question: long }), { leftOut: 2 });
    assert.deepEqual(
      session.turnMessages('', turn(), 2).map(({ content }) => content),
      ['Why?'],
    );
  });
});

describe('the estimates', () => {
  it('learn nothing from the rest of an answer, which is asked for with more than was estimated', async () => {
    const estimates = new TokenEstimates();
    const budgets = new QuestionBudgets(settingsOf(10_000), estimates);
    const begun = Promise.withResolvers<void>();
    const session = new Session(Conversation.begin(), {
      openEndpoint: async () => ({
        connection: 'p',
        model: 'm',
        systemPrompt: '',
        async *complete(messages, signal) {
          yield { type: 'text', text: 'word '.repeat(500) };
          begun.resolve();
          if (messages.length === 1) await new Promise((_, reject) => signal.addEventListener('abort', reject));
          yield { type: 'usage', usage: { promptTokens: 600 } };
          yield { type: 'finish', reason: 'stop' };
        },
      }),
      report: async () => ({ message: '', actions: [] }),
    });
    session.subscribe((message) => {
      if (message.type === 'answerUpdated') budgets.learn(message);
    });
    const commands = new TurnCommands({ session: () => session, budgets, putBack: () => {} });
    const asked = session.ask('Why?', []);
    const turn = session.conversation.path.at(-1);
    const budget = budgets.of(session, { text: 'Why?', attachments: [] }, []);
    assert.ok(turn && budget);
    budgets.sent(turn.id, budget);
    await begun.promise;
    session.stop();
    await asked;
    await commands.continue(turn.id);
    while (session.answering) await setImmediate();
    assert.equal(turn.answer.usage?.promptTokens, 600);
    assert.equal(estimates.factor('m'), 1);
  });
});
