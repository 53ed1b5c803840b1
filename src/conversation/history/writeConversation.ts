import { readFile } from 'node:fs/promises';
import { parseJson } from '../../shared/json.ts';
import type { Conversation } from '../conversation.ts';
import { fileStamp } from './atomicFile.ts';
import { largestChat } from './conversationFolder.ts';
import { conversationText } from './conversationText.ts';
import { withLock } from './fileLock.ts';
import { mergeRecords } from './merge.ts';
import { readRecord } from './record.ts';

/**
 * Writes a conversation's file, and takes up what another window wrote into it since.
 * @param known The state of the file that the conversation knows; absent: there was none.
 * @param onDamaged Moves a damaged file away.
 * @returns the file's state now, and whether something was taken up.
 * Throws where the file cannot be written, or a later version of Askance has written it.
 */
export async function writeConversation(
  path: string,
  conversation: Conversation,
  known: string | undefined,
  onDamaged: (path: string) => Promise<void> | void,
): Promise<{ readonly stamp: string | undefined; readonly merged: boolean }> {
  return withLock(path, async (write) => {
    const stamp = await fileStamp(path);
    const merged = stamp !== undefined && stamp !== known && (await takeUp(path, conversation, onDamaged));
    const text = conversationText(conversation);
    if (Buffer.byteLength(text) > largestChat) throw new Error('This chat is too large. Begin another one.');
    await write(text);
    return { stamp: await fileStamp(path), merged };
  });
}

async function takeUp(
  path: string,
  conversation: Conversation,
  onDamaged: (path: string) => Promise<void> | void,
): Promise<boolean> {
  const read = readRecord(parseJson(await readFile(path, 'utf8')));
  switch (read.kind) {
    case 'record':
      conversation.become(mergeRecords(conversation.record, read.record));
      return true;
    case 'damaged':
      await onDamaged(path);
      return false;
    case 'newer':
      throw new Error('A later version of Askance has written this chat.');
    default:
      return read satisfies never;
  }
}
