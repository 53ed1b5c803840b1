import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { emptyMemento } from '../documents/vsCode.ts';
import { Conversation } from '../../../src/conversation/conversation.ts';
import { noAnswer } from '../../../src/conversation/answer.ts';

const { Storage } = await import('../../../src/chat/storage.ts');

describe('the storage', () => {
  const { now } = Date;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askance-storage-'));
  });
  afterEach(async () => {
    Date.now = now;
    await rm(folder, { recursive: true, force: true });
  });

  const uri = () => ({ fsPath: folder }) as vscode.Uri;
  const openWindow = () => new Storage({ globalStorageUri: uri(), storageUri: uri(), workspaceState: emptyMemento() });
  const openEmptyWindow = (workspaceState: vscode.Memento) =>
    new Storage({ globalStorageUri: uri(), storageUri: undefined, workspaceState });
  const kept = () => readdir(join(folder, 'conversations', 'deleted'));

  async function deleteIn(window: ReturnType<typeof openWindow>): Promise<void> {
    const conversation = Conversation.begin();
    conversation.add({ question: 'Secret?', attachments: [], answer: noAnswer }, undefined);
    window.conversations.save(conversation);
    await window.conversations.flush();
    const library = await window.library.load();
    await library.remove(conversation.id);
  }

  it('deletes for good, with the window, what was deleted in it', async () => {
    const window = openWindow();
    await deleteIn(window);
    assert.equal((await kept()).length, 1);
    await window.end();
    assert.deepEqual(await kept(), []);
  });

  it('deletes for good what was deleted in a window that was killed, when nobody can bring it back any more', async () => {
    await deleteIn(openWindow());
    await openWindow().tidy();
    assert.equal((await kept()).length, 1);
    Date.now = () => now() + 25 * 60 * 60 * 1000;
    await openWindow().tidy();
    assert.deepEqual(await kept(), []);
  });

  it('keeps the drafts of windows without a folder apart, each over a reload', async () => {
    const states = [emptyMemento(), emptyMemento()];
    for (const [index, state] of states.entries()) {
      const file = openEmptyWindow(state).pageFile('view');
      file.write({ text: `draft ${index}`, attachments: [] });
      await file.flush();
    }
    const drafts = states.map((state) => openEmptyWindow(state).pageFile('view').read().text);
    assert.deepEqual(drafts, ['draft 0', 'draft 1']);
  });
});
