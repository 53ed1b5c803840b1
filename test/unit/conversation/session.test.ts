import assert from 'node:assert/strict';
import { CompletionError } from '../../../src/api/errors.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import type { Message } from '../../../src/api/types.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { Session } from '../../../src/conversation/session.ts';
import type { Attachment } from '../../../src/prompt/context.ts';
import type { AnswerView, ToPage } from '../../../src/shared/protocol.ts';

type Script = (signal: AbortSignal) => AsyncIterable<CompletionEvent>;

/** A session whose endpoint answers with the scripts, one for each question. */
function sessionWith(...scripts: Script[]) {
  const told: ToPage[] = [];
  const asked: (readonly Message[])[] = [];
  const session = new Session(Conversation.begin(), {
    openEndpoint: async () => ({
      connection: 'demo',
      model: 'demo-model',
      systemPrompt: 'Be brief.',
      complete(messages, signal) {
        asked.push(messages);
        const script = scripts.shift();
        if (!script) throw new Error('One question more than scripts.');
        return script(signal);
      },
    }),
    report: async (error) => ({
      message: error instanceof CompletionError ? error.failure.kind : String(error),
      actions: [],
    }),
  });
  session.subscribe((message) => told.push(message));
  const answers = (): readonly AnswerView[] => session.turns.map(({ answer }) => answer);
  return { session, told, asked, answers };
}

function saying(...texts: string[]): Script {
  return async function* () {
    for (const text of texts) yield { type: 'text', text };
    yield { type: 'finish', reason: 'stop' };
  };
}

function failing(...texts: string[]): Script {
  return async function* () {
    for (const text of texts) yield { type: 'text', text };
    throw new CompletionError({ kind: 'connectionLost', partial: texts.length > 0 });
  };
}

/** Says something, then waits until it is stopped. */
const waitingForStop: Script = async function* (signal) {
  yield { type: 'text', text: 'half' };
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
};

function attachment(id: string, replaceable = true): Attachment {
  const place = { path: `${id}.ts`, startLine: 1, endLine: 2, languageId: 'typescript' };
  return { id, kind: 'code', description: 'Selection', text: `code of ${id}`, replaceable, ...place };
}

describe('a chat session', () => {
  it('streams an answer and ends it', async () => {
    const { session, told, answers } = sessionWith(saying('Hel', 'lo'));
    await session.ask('Hi?', []);
    assert.equal(answers()[0]?.text, 'Hello');
    assert.deepEqual(answers()[0]?.status, { kind: 'done', finishReason: 'stop' });
    assert.deepEqual([answers()[0]?.connection, answers()[0]?.model], ['demo', 'demo-model']);
    const deltas = told.flatMap((message) => (message.type === 'answerDelta' ? [message.text] : []));
    assert.deepEqual(deltas, ['Hel', 'lo']);
  });

  it('keeps sources, counts, reasoning and server metadata', async () => {
    const { session, answers } = sessionWith(async function* () {
      yield { type: 'metadata', metadata: { id: 'r1', model: 'm-2026' } };
      yield { type: 'reasoning', text: 'Hm.' };
      yield { type: 'text', text: 'Yes [1]' };
      yield { type: 'citations', citations: [{ url: 'https://example.com', title: 'Example' }] };
      yield { type: 'usage', usage: { totalTokens: 9 } };
      yield { type: 'finish', reason: 'length' };
    });
    await session.ask('Is it?', []);
    const [answer] = answers();
    assert.equal(answer?.reasoning, 'Hm.');
    assert.deepEqual(answer?.citations, [{ url: 'https://example.com', title: 'Example' }]);
    assert.deepEqual(answer?.usage, { totalTokens: 9 });
    assert.equal(answer?.metadata.id, 'r1');
    assert.deepEqual(answer?.status, { kind: 'done', finishReason: 'length' });
  });

  it('moves text to the reasoning after a lone closing tag', async () => {
    const { session, told, answers, asked } = sessionWith(async function* () {
      yield { type: 'text', text: 'Let me see.\n' };
      yield { type: 'textWasReasoning', length: 12 };
      yield { type: 'text', text: 'Yes.' };
      yield { type: 'finish', reason: 'stop' };
    }, saying('Sure.'));
    await session.ask('Is it?', []);
    const [answer] = answers();
    assert.deepEqual([answer?.text, answer?.reasoning], ['Yes.', 'Let me see.\n']);
    const { firstReasoning, firstText, ended } = answer?.timing ?? {};
    assert.ok(firstReasoning! <= firstText! && firstText! <= ended!);
    const paths = told.flatMap((message) => (message.type === 'turns' ? [message.turns[0]?.answer.text] : []));
    assert.deepEqual(paths, ['', '']);
    await session.ask('Sure?', []);
    assert.deepEqual(
      asked[1]?.map(({ content }) => content),
      ['Be brief.', 'Is it?', 'Yes.', 'Sure?'],
    );
  });

  it('sends earlier turns with a follow-up, except unanswered ones', async () => {
    const { session, asked } = sessionWith(saying('One.'), failing(), saying('Three.'));
    await session.ask('First?', [attachment('a')]);
    await session.ask('Second?', []);
    await session.ask('Third?', []);
    const roles = asked[2]?.map(({ role }) => role);
    assert.deepEqual(roles, ['system', 'user', 'assistant', 'user']);
    assert.match(asked[2]?.[1]?.content ?? '', /code of a[\s\S]*First\?$/);
    assert.equal(asked[2]?.[2]?.content, 'One.');
    assert.equal(asked[2]?.[3]?.content, 'Third?');
  });

  it('omits the requested number of oldest turns, in a retry too, and records it', async () => {
    const { session, asked } = sessionWith(saying('One.'), saying('Two.'), saying('Three.'), saying('Three again.'));
    await session.ask('First?', []);
    await session.ask('Second?', []);
    await session.ask('Third?', [], 1);
    assert.deepEqual(
      session.turns.map(({ leftOut }) => leftOut),
      [undefined, undefined, 1],
    );
    await session.retry(session.turns[2]?.id ?? '');
    for (const messages of asked.slice(2)) {
      assert.deepEqual(
        messages.map(({ content }) => content),
        ['Be brief.', 'Second?', 'Two.', 'Third?'],
      );
    }
  });

  it('keeps a partial answer after a failure, and regenerates on retry', async () => {
    const { session, answers, told, asked } = sessionWith(failing('par', 'tial'), saying('Whole.'));
    await session.ask('Well?', []);
    assert.equal(answers()[0]?.text, 'partial');
    assert.deepEqual(answers()[0]?.status, { kind: 'failed', error: { message: 'connectionLost', actions: [] } });
    await session.retry(session.turns[0]?.id ?? '');
    assert.equal(answers().length, 1);
    assert.equal(answers()[0]?.text, 'Whole.');
    assert.deepEqual(asked[1], asked[0]);
    assert.deepEqual(
      told.flatMap((message) => (message.type === 'turns' ? [message.from] : [])),
      [0, 0],
    );
    assert.equal(session.turns[0]?.alternatives.length, 2);
  });

  it('keeps a partial answer after a stop, which is no error', async () => {
    const { session, answers } = sessionWith(waitingForStop, saying('Next.'));
    const asked = session.ask('Long?', []);
    assert.ok(session.answering);
    while (answers()[0]?.text !== 'half') await new Promise((resolve) => setImmediate(resolve));
    session.stop();
    await asked;
    assert.deepEqual(answers()[0]?.status, { kind: 'stopped' });
    assert.equal(answers()[0]?.text, 'half');
    assert.ok(!session.answering);
    await session.ask('And now?', []);
    assert.equal(answers()[1]?.text, 'Next.');
  });

  it('can be stopped before anything was sent', async () => {
    const { session, answers, asked } = sessionWith(saying('Never.'));
    const asking = session.ask('Oh?', []);
    session.stop();
    await asking;
    assert.deepEqual(answers()[0]?.status, { kind: 'stopped' });
    assert.equal(asked.length, 0);
  });

  it('answers one question at a time, and ignores a retry of an unknown turn', async () => {
    const { session, asked } = sessionWith(waitingForStop);
    const answered = session.ask('First?', []);
    await assert.rejects(session.ask('Second?', []), /while another/);
    await session.retry(session.turns[0]?.id ?? '');
    session.stop();
    await answered;
    await session.retry('nobody');
    assert.equal(session.turns.length, 1);
    assert.equal(asked.length, 1);
  });

  it('retries at the time the server named, at once if the wait is skipped, never if stopped', async () => {
    const { session, answers, asked } = sessionWith(failing(), saying('Now.'), saying('Never.'));
    await session.ask('Busy?', []);
    const [{ id } = { id: '' }] = session.turns;
    const waiting = session.retry(id, 0, Date.now() + 3_600_000);
    assert.ok(answers()[0]?.status.kind === 'retrying' && session.answering);
    session.skipWait();
    await waiting;
    assert.equal(answers()[0]?.text, 'Now.');
    const again = session.retry(id, 0, Date.now() + 3_600_000);
    session.stop();
    await again;
    assert.equal(answers()[0]?.status.kind, 'stopped');
    assert.equal(asked.length, 2);
  });

  it("keeps and reports the conversation's parameters", () => {
    const { session, told } = sessionWith();
    session.setParameter('top_k', 3);
    session.setParameter('temperature', 1);
    session.setParameter('top_k', undefined);
    assert.deepEqual(session.conversation.parameters, { temperature: 1 });
    assert.deepEqual(told.at(-1), { type: 'parameters', parameters: { temperature: 1 } });
  });

  it('previews exactly what it sends', async () => {
    const { session, asked } = sessionWith(saying('1'), saying('2'));
    await session.ask('One', [attachment('a')]);
    const next = session.nextMessages('Be brief.', 'Two', [], 0);
    await session.ask('Two', []);
    assert.deepEqual(next, asked[1]);
    const last = session.turn(session.turns.at(-1)?.id ?? '');
    assert.deepEqual(last && session.turnMessages('Be brief.', last), asked[1]);
  });

  it('reports that it is waiting to retry', async () => {
    const { session, told } = sessionWith(async function* () {
      yield { type: 'retry', delay: 1000, error: new CompletionError({ kind: 'rateLimit' }), skip() {} };
      yield { type: 'text', text: 'Now.' };
      yield { type: 'finish', reason: 'stop' };
    });
    await session.ask('Busy?', []);
    const states = told.flatMap((message) => (message.type === 'answerUpdated' ? [message.answer.status] : []));
    const retrying = states.find(({ kind }) => kind === 'retrying');
    assert.ok(retrying?.kind === 'retrying' && retrying.message === 'rateLimit' && retrying.until > Date.now());
    assert.equal(states.at(-1)?.kind, 'done');
  });

  it('targets the selection asked about, in follow-ups too, but none if several could be meant', async () => {
    const { session } = sessionWith(saying('1'), saying('2'), saying('3'), saying('4'));
    await session.ask('One', [attachment('a')]);
    await session.ask('Two', []);
    await session.ask('Three', [attachment('b'), attachment('c')]);
    await session.ask('Four', [attachment('d', false), attachment('e')]);
    assert.deepEqual(
      session.turns.map(({ target }) => target),
      ['a.ts:1-2', 'a.ts:1-2', undefined, 'e.ts:1-2'],
    );
  });

  it('keeps the original turn when its question is edited', async () => {
    const { session, asked } = sessionWith(saying('One.'), saying('Two.'), saying('Other.'));
    await session.ask('First?', [attachment('a')]);
    await session.ask('Second?', []);
    await session.edit(session.turns[0]?.id ?? '', 'First, really?');
    assert.deepEqual(
      session.turns.map(({ question, target }) => [question, target]),
      [['First, really?', 'a.ts:1-2']],
    );
    assert.match(asked[2]?.at(-1)?.content ?? '', /code of a[\s\S]*First, really\?$/);
    session.choose(session.turns[0]?.alternatives[0] ?? '');
    assert.deepEqual(
      session.turns.map(({ answer }) => answer.text),
      ['One.', 'Two.'],
    );
  });

  it('omits the oldest turns when a turn is retried, edited or continued', async () => {
    const { session, asked } = sessionWith(
      saying('One.'),
      saying('Two.'),
      saying('Again.'),
      saying('Other.'),
      saying('More.'),
    );
    await session.ask('First?', []);
    await session.ask('Second?', []);
    const last = () => session.turns.at(-1)?.id ?? '';
    await session.retry(last(), 1);
    await session.edit(last(), 'Second, really?');
    await session.continue(last(), 1);
    const roles = asked.map((messages) => messages.map(({ role }) => role).join(' '));
    assert.deepEqual(roles.slice(2), ['system user', 'system user', 'system user assistant user']);
    assert.deepEqual(
      session.turns.map(({ leftOut }) => leftOut),
      [undefined, 1],
    );
  });

  it("joins a continued answer's text, counts and sources", async () => {
    const sources = (...names: string[]) =>
      names.map((name, place) => ({ url: `https://${name}.example`, mark: String(place + 1) }));
    const { session, answers, asked } = sessionWith(
      async function* () {
        yield { type: 'citations', citations: sources('a', 'b') };
        yield { type: 'text', text: 'It is so [2], and' };
        yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 2 } };
        yield { type: 'finish', reason: 'length' };
      },
      async function* () {
        yield { type: 'citations', citations: sources('c', 'a') };
        yield { type: 'text', text: 'so [2], and' };
        yield { type: 'text', text: ' more [1][2], says `x[1]`.' };
        yield { type: 'usage', usage: { promptTokens: 3, completionTokens: 4 } };
        yield { type: 'finish', reason: 'stop' };
      },
    );
    await session.ask('Is it?', []);
    await session.continue(session.turns[0]?.id ?? '');
    assert.equal(answers()[0]?.text, 'It is so [2], and more [3][1], says `x[1]`.');
    assert.deepEqual(answers()[0]?.citations, sources('a', 'b', 'c'));
    assert.deepEqual(answers()[0]?.usage, { promptTokens: 4, completionTokens: 6 });
    assert.deepEqual(answers()[0]?.status, { kind: 'done', finishReason: 'stop' });
    assert.deepEqual(
      asked[1]?.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.equal(session.turns.length, 1);
  });

  it('excludes the pause before a continuation from the timing', async () => {
    const { session, answers } = sessionWith(saying('It is'), saying(' so.'));
    await session.ask('Is it?', []);
    const turn = session.turn(session.turns[0]?.id ?? '');
    assert.ok(turn);
    turn.answer = { ...turn.answer, timing: { asked: 1000, firstText: 2000, ended: 5000 } };
    await session.continue(turn.id);
    const { asked = 0, firstText = 0, ended = 0 } = answers()[0]?.timing ?? {};
    const hour = 3_600_000;
    assert.equal(firstText - asked, 1000);
    assert.ok(ended - asked >= 4000 && ended - asked < hour, `${ended - asked} ms`);
  });

  it('keeps a partial answer whose continuation begins with reasoning', async () => {
    const { session, answers } = sessionWith(
      async function* () {
        yield { type: 'text', text: 'The first part' };
        yield { type: 'finish', reason: 'length' };
      },
      async function* () {
        yield { type: 'text', text: 'I go on from there.\n' };
        yield { type: 'textWasReasoning', length: 20 };
        yield { type: 'text', text: 'first part' };
        yield { type: 'text', text: ' and more.' };
        yield { type: 'finish', reason: 'stop' };
      },
    );
    await session.ask('Is it?', []);
    await session.continue(session.turns[0]?.id ?? '');
    assert.equal(answers()[0]?.text, 'The first part and more.');
    assert.equal(answers()[0]?.reasoning, 'I go on from there.\n');
  });

  it('keeps the partial text of a failed continuation', async () => {
    const { session, answers } = sessionWith(saying('The first part'), failing('first part', ' and m'));
    await session.ask('Is it?', []);
    await session.continue(session.turns[0]?.id ?? '');
    assert.equal(answers()[0]?.text, 'The first part and m');
    assert.equal(answers()[0]?.status.kind, 'failed');
  });

  it('removes and restores a turn, but not while an answer is generated', async () => {
    const { session, answers } = sessionWith(saying('One.'), saying('Two.'), waitingForStop);
    await session.ask('First?', []);
    await session.ask('Second?', []);
    const restore = session.remove(session.turns[0]?.id ?? '');
    assert.deepEqual(
      answers().map(({ text }) => text),
      ['Two.'],
    );
    restore?.();
    assert.deepEqual(
      answers().map(({ text }) => text),
      ['One.', 'Two.'],
    );
    const asking = session.ask('Third?', []);
    assert.equal(session.remove(session.turns[0]?.id ?? ''), undefined);
    session.stop();
    await asking;
  });

  it('records when reasoning and text began and the answer ended', async () => {
    const { session, answers } = sessionWith(async function* () {
      yield { type: 'reasoning', text: 'Hm.' };
      yield { type: 'text', text: 'Yes.' };
      yield { type: 'finish', reason: 'stop', lastObject: { id: 'r', text: 'x'.repeat(5000) } };
    });
    await session.ask('Is it?', []);
    const [answer] = answers();
    const { asked, firstReasoning, firstText, ended } = answer?.timing ?? {};
    const times = [asked, firstReasoning, firstText, ended];
    assert.ok(times.every((time) => typeof time === 'number'));
    assert.deepEqual(
      times,
      times.toSorted((a = 0, b = 0) => a - b),
    );
    assert.match(answer?.lastObject ?? '', /"id": "r"/);
    assert.ok((answer?.lastObject?.length ?? 0) < 2100);
  });
});
