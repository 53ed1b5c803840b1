import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Chats hold code and terminal output: on a shared machine they are nobody else's business. */
export const privateFile = 0o600;
export const privateFolder = 0o700;

/** Milliseconds for which Windows may refuse a rename while a virus scanner or another window reads the file. */
const longestRefusal = 2000;

/**
 * Replaces a file as a whole: at every moment, also after a power failure, it has its old text or the new one.
 * Creates its folder. Only the user can read what it creates.
 * @param beforeReplacing Called when the new text is on the disk; what it throws leaves the old text.
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

/** Creates a folder, and those it is in, for the user alone. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: privateFolder });
}

/** Renames a file as VS Code does: Windows refuses for a moment where another program has the file open. */
export async function renameFile(from: string, to: string): Promise<void> {
  const start = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!isRefusedForNow(error) || performance.now() - start > longestRefusal) throw error;
      // A folder in the way stays there.
      if (attempt === 0 && (await isFolder(to))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, 10 * attempt)));
  }
}

/** A name for a file that replaces this one, or is about to be deleted; `isTemporary` knows it. */
export function temporaryPath(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.tmp`;
}

export function isTemporary(name: string): boolean {
  return name.endsWith('.tmp');
}

/** Tells one state of a file from another; absent: there is no file. Each atomic write makes a new one. */
export async function fileStamp(path: string): Promise<string | undefined> {
  try {
    return stampOf(await stat(path, { bigint: true }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Text and stamp of a file, synchronously; absent: there is none, or it cannot be read.
 * @param largest In bytes; a larger file is not read.
 */
export function readNow(path: string, largest: number): { readonly text: string; readonly stamp: string } | undefined {
  try {
    // Should another window write in between, the stamp is older than the text, and the next write looks again.
    const found = statSync(path, { bigint: true });
    if (found.size > largest) return undefined;
    const stamp = stampOf(found);
    return { text: readFileSync(path, 'utf8'), stamp };
  } catch {
    return undefined;
  }
}

/** Whether a file or folder was not there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether Windows refuses what may work in a moment: the file is open elsewhere, or is being deleted. */
export function isRefusedForNow(error: unknown): boolean {
  const code = codeOf(error);
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
}

/** Of an error of Node's file system, such as `ENOENT`. */
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
