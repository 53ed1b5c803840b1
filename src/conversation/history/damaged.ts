import { basename, join } from 'node:path';
import { makeFolder, renameFile } from './atomicFile.ts';
import type { ConversationFolder } from './conversationFolder.ts';

/**
 * Moves a damaged file out of the way.
 * @returns its new path.
 */
export async function moveAside({ damaged }: ConversationFolder, path: string): Promise<string> {
  await makeFolder(damaged);
  const aside = join(damaged, `${Date.now()}-${basename(path)}`);
  await renameFile(path, aside);
  return aside;
}
