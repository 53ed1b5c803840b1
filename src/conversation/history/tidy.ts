import { chmod, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporary, privateFile, privateFolder } from './atomicFile.ts';
import type { ConversationFolder } from './conversationFolder.ts';
import { forEach } from './forEach.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Milliseconds after which the temporary file of a killed window is obsolete. */
const keptUnfinished = hour;
/** Milliseconds for which an open window may restore a deleted chat. */
const keptDeleted = day;
/** Milliseconds for which the user can rescue a damaged file. */
const keptDamaged = 30 * day;
/** Milliseconds without use after which a page's tab counts as lost. */
const keptPage = 30 * day;

/** The folders to tidy. */
export interface Places {
  readonly conversations: ConversationFolder;
  /** Folder of the page files. */
  readonly pages: string;
  /** Whether editor tabs of this window may need their pages. */
  readonly hasTabs: boolean;
}

/**
 * Deletes leftovers of killed windows and makes the rest private. Never throws: failures are left to the next window.
 * @param now Milliseconds since 1970.
 */
export async function tidy({ conversations, pages, hasTabs }: Places, now: number): Promise<void> {
  const { path, index, deleted, damaged } = conversations;
  await Promise.all([path, index, deleted, damaged, pages].map((folder) => makePrivate(folder).catch(() => undefined)));
  const isLeftBehind = (name: string): boolean => isTemporary(name) || name.endsWith('.lock');
  for (const folder of [path, index, pages]) await removeOld(folder, now - keptUnfinished, isLeftBehind);
  await removeOld(deleted, now - keptDeleted);
  await removeOld(damaged, now - keptDamaged);
  if (!hasTabs) await removeOld(pages, now - keptPage, (name) => name !== 'view.json');
}

/** Deletes the files last changed, created or moved before this time. */
async function removeOld(folder: string, time: number, isMeant: (name: string) => boolean = () => true): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await forEach(names.filter(isMeant), async (name) => {
    const path = join(folder, name);
    try {
      const { mtimeMs, ctimeMs } = await stat(path);
      if (Math.max(mtimeMs, ctimeMs) < time) await rm(path, { force: true });
    } catch {
      // Another window was faster, or will retry.
    }
  });
}

/** Windows has no such modes, but the user profile is private anyway. */
async function makePrivate(folder: string): Promise<void> {
  if (process.platform === 'win32' || !isOpen(await stat(folder))) return;
  await chmod(folder, privateFolder);
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  await forEach(files, ({ name }) => chmod(join(folder, name), privateFile).catch(() => undefined));
}

function isOpen({ mode }: { readonly mode: number }): boolean {
  return (mode & 0o077) !== 0;
}
