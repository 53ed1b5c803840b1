import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Milliseconds after which a lock counts as left behind by a process that was killed; a write takes a few. */
const staleAfter = 2000;
/** Milliseconds between two tries to get a lock. */
const lockPause = 20;

/** Writes a file so that at every moment the old text or the new one stands in it, whole. Makes its folder. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(temporary, text).catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, text);
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Does something with a file while no other window does. */
export async function withLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true });
  while (!(await tryLock(lock))) await new Promise((resolve) => setTimeout(resolve, lockPause));
  try {
    return await work();
  } finally {
    await rm(lock, { force: true }).catch(() => undefined);
  }
}

/** What tells one state of a file from another; absent: there is no file. Each atomic write makes a new one. */
export async function fileStamp(path: string): Promise<string | undefined> {
  try {
    return stampOf(await stat(path, { bigint: true }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Text and stamp of a file, without a break; absent: there is none, or it cannot be read. */
export function readNow(path: string): { readonly text: string; readonly stamp: string } | undefined {
  try {
    // Should another window write in between, the stamp is older than the text, and the next write looks again.
    const stamp = stampOf(statSync(path, { bigint: true }));
    return { text: readFileSync(path, 'utf8'), stamp };
  } catch {
    return undefined;
  }
}

function stampOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}-${size}-${mtimeNs}`;
}

/** Whether a file or folder was not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const age = await stat(lock).then(
    ({ mtimeMs }) => Math.abs(Date.now() - mtimeMs),
    () => 0,
  );
  // The rename can succeed for one of several windows alone.
  if (age > staleAfter) {
    const left = `${lock}.${randomUUID().slice(0, 8)}.tmp`;
    await rename(lock, left).then(
      () => rm(left, { force: true }),
      () => undefined,
    );
  }
  return false;
}
