import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Chats contain code and terminal output that other users of a shared machine must not read. */
export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Milliseconds for which Windows may refuse a rename while a virus scanner or another window reads the file. */
const longestRefusal = 2000;

/**
 * Replaces a file atomically: at any time, even after a power failure, it has the old or the new text. Creates its
 * folder. Only the user can read what it creates.
 * @param beforeReplacing Called when the new text is on the disk; if it throws, the old text is kept.
 */
export async function writeAtomically(
  path: string,
  text: string,
  beforeReplacing?: () => Promise<void>,
): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await writeFlushed(temporary, text).catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await makeFolder(dirname(path));
      await writeFlushed(temporary, text);
    });
    await beforeReplacing?.();
    await renameFile(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Creates a folder and its parents, readable by the user only. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: privateFolder });
}

/** Renames a file as VS Code does, retrying while Windows refuses because another program has the file open. */
export async function renameFile(from: string, to: string): Promise<void> {
  const start = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!isRefusedForNow(error) || performance.now() - start > longestRefusal) throw error;
      // A folder at the target won't go away by waiting.
      if (attempt === 0 && (await isFolder(to))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, 10 * attempt)));
  }
}

/** A temporary name for a file that will replace this one or is about to be deleted; `isTemporary` recognizes it. */
export function temporaryPath(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.tmp`;
}

export function isTemporary(name: string): boolean {
  return name.endsWith('.tmp');
}

/** Identifies the state of a file; undefined if there is no file. Each atomic write changes it. */
export async function fileStamp(path: string): Promise<string | undefined> {
  try {
    return stampOf(await stat(path, { bigint: true }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Reads text and stamp of a file synchronously; undefined if it doesn't exist or can't be read.
 * @param largest In bytes; a larger file isn't read.
 */
export function readNow(path: string, largest: number): { readonly text: string; readonly stamp: string } | undefined {
  try {
    // If another window writes in between, the stamp is older than the text, and the next write checks again.
    const found = statSync(path, { bigint: true });
    if (found.size > largest) return undefined;
    const stamp = stampOf(found);
    return { text: readFileSync(path, 'utf8'), stamp };
  } catch {
    return undefined;
  }
}

/** Whether a file or folder doesn't exist. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether Windows refuses what may work in a moment: the file is open elsewhere or is being deleted. */
export function isRefusedForNow(error: unknown): boolean {
  const code = codeOf(error);
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
}

/** The code of a Node file system error, such as `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Without the flush a power failure after the rename could leave an empty file. */
function writeFlushed(path: string, text: string): Promise<void> {
  return writeFile(path, text, { mode: privateFile, flush: true });
}

function stampOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}-${size}-${mtimeNs}`;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
