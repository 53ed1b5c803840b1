import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import '../documents/vsCode.ts';
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

  it('forgets for good what was deleted, when nobody can bring it back any more', async () => {
    const storageUri = { fsPath: folder } as vscode.Uri;
    const { conversations } = new Storage({ globalStorageUri: storageUri, storageUri });
    const conversation = Conversation.begin();
    conversation.add({ question: 'Secret?', attachments: [], answer: noAnswer }, undefined);
    conversations.save(conversation);
    await conversations.flush();
    // The window is closed while its notification still offers an undo.
    await conversations.remove(conversation.id);
    const kept = () => readdir(join(folder, 'conversations', 'deleted'));
    await new Storage({ globalStorageUri: storageUri, storageUri }).tidy();
    assert.equal((await kept()).length, 1);
    Date.now = () => now() + 25 * 60 * 60 * 1000;
    await new Storage({ globalStorageUri: storageUri, storageUri }).tidy();
    assert.deepEqual(await kept(), []);
  });
});
