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
 * Writes a conversation's file after merging what another window has written since.
 * @param known Stamp of the file state that the conversation includes; undefined if there was no file.
 * @param onDamaged Moves a damaged file away.
 * @returns the new stamp, and whether something was merged. Throws if the file can't be written, or a newer version of
 * Askance wrote it.
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
    if (Buffer.byteLength(text) > largestChat) throw new Error('This chat is too large. Start a new one.');
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
      conversation.update(mergeRecords(conversation.record, read.record));
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
