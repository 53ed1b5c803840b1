import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import '../documents/vsCode.ts';
import type { CompletionEvent } from '../../../src/api/events.ts';
import type { PageFile } from '../../../src/conversation/history/pageFile.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { Session } from '../../../src/conversation/session.ts';
import type { Attachment } from '../../../src/prompt/context.ts';
import { TokenEstimates } from '../../../src/prompt/tokens.ts';
import type { Settings } from '../../../src/settings/settings.ts';

const { ChatPage } = await import('../../../src/chat/chatPage.ts');
const { Anchors } = await import('../../../src/chat/anchors.ts');

const settings = {
  activeConnection: { kind: 'none' },
  exclude: { user: [], workspace: [] },
  useAgentsFile: false,
  fontSize: 0,
  readiness: { kind: 'noConnection' },
  onChange: () => ({ dispose: () => undefined }),
} as unknown as Settings;

const copied: Attachment = {
  id: 'a',
  kind: 'terminal',
  path: 'Terminal bash',
  description: 'Selection',
  languageId: '',
  text: 'No such file',
};

/** A session whose answers end when they are told to. */
function openSession() {
  let end = (): void => undefined;
  const session = new Session(Conversation.begin(), {
    openEndpoint: async () => ({
      connection: 'p',
      model: 'm',
      systemPrompt: '',
      async *complete(): AsyncGenerator<CompletionEvent> {
        yield { type: 'text', text: 'Yes.' };
        await new Promise<void>((resolve) => (end = resolve));
        yield { type: 'finish', reason: 'stop' };
      },
    }),
    report: async (error) => ({ message: String(error), actions: [] }),
  });
  /** A page that shows the session, with this attached to what is written there. */
  const page = (attachments: readonly Attachment[] = []) => {
    const file = { read: () => ({ text: '', attachments }), write: () => undefined } as unknown as PageFile;
    const opened = new ChatPage({
      id: 'view',
      file,
      session,
      settings,
      estimates: new TokenEstimates(),
      anchors: new Anchors(),
      dist: undefined as unknown as vscode.Uri,
      newSession: () => session,
      reveal: async () => undefined,
      onMessage: () => undefined,
      onSessionChange: () => undefined,
      onTitle: () => undefined,
    });
    return opened;
  };
  const questions = () => session.turns.map(({ question }) => question);
  const answered = async () => {
    const { length } = session.turns;
    while (session.turns.at(-1)?.answer.text !== 'Yes.') await new Promise(setImmediate);
    end();
    while (session.answering && session.turns.length === length) await new Promise(setImmediate);
  };
  return { session, page, questions, answered };
}

describe('a question', () => {
  it('that is sent is asked as it was, whatever is typed while its context is read anew', async () => {
    const { session, page, questions, answered } = openSession();
    const chat = page([copied]);
    const asked = chat.input.ask('First?');
    chat.input.typed('And th');
    await asked;
    assert.deepEqual(questions(), ['First?']);
    assert.deepEqual(
      session.turns[0]?.attachments.map(({ id }) => id),
      ['a'],
    );
    assert.deepEqual(await chat.input.freshDraft(), { text: 'And th', attachments: [] });
    await answered();
  });

  it('that is sent while the one before is on its way waits for its answer', async () => {
    const { page, questions, answered } = openSession();
    const chat = page([copied]);
    await Promise.all([chat.input.ask('First?'), chat.input.ask('Second?')]);
    assert.deepEqual(questions(), ['First?']);
    await answered();
    assert.deepEqual(questions(), ['First?', 'Second?']);
    await answered();
    assert.equal((await chat.input.freshDraft()).text, '');
  });

  it('that cannot wait, for another waits already, is back in the input', async () => {
    const { page, questions, answered } = openSession();
    const chat = page();
    await chat.input.ask('First?');
    await chat.input.ask('Second?');
    await chat.input.ask('Third?');
    assert.deepEqual([questions(), (await chat.input.freshDraft()).text], [['First?'], 'Third?']);
    await answered();
    await answered();
  });

  it('that waits in a tab goes to the input of the side bar when the tab is closed', async () => {
    const { page, answered } = openSession();
    const [view, tab] = [page(), page([copied])];
    await view.input.ask('First?');
    await tab.input.ask('Second?');
    tab.input.typed('Third?');
    view.input.adopt(tab.input);
    const { text, attachments } = await view.input.freshDraft();
    assert.deepEqual([text, attachments.length], ['Third?\nSecond?', 1]);
    await answered();
  });

  it('in other words is back in the input where an answer is on its way, or its turn is gone', async () => {
    const { session, page, questions, answered } = openSession();
    const chat = page();
    await chat.input.ask('First?');
    const turn = session.turns[0]?.id ?? '';
    await chat.turnCommands.edit(turn, 'In other words?');
    assert.deepEqual([questions(), (await chat.input.freshDraft()).text], [['First?'], 'In other words?']);
    await answered();
    session.remove(turn);
    chat.input.typed('');
    await chat.turnCommands.edit(turn, 'Once more?');
    assert.equal((await chat.input.freshDraft()).text, 'Once more?');
  });
});
