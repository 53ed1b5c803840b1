import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  codeOf,
  isMissing,
  isRefusedForNow,
  makeFolder,
  privateFile,
  temporaryPath,
  writeAtomically,
} from './atomicFile.ts';

/** Milliseconds. */
interface Timing {
  /** Between two checks of a lock that another process has. */
  readonly pause: number;
  /** Between two heartbeats of the owner; most work is done before the first. */
  readonly beat: number;
  /** Without a heartbeat, after which the owner counts as killed. */
  readonly silence: number;
  /** After which waiting gives up: VS Code grants an extension five seconds to shut down. */
  readonly patience: number;
}

const usual: Timing = { pause: 20, beat: 400, silence: 2000, patience: 4000 };

/** How often work is repeated after losing its lock, for example because the machine slept. */
const attempts = 3;

/** Replaces the locked file's text. */
export type Write = (text: string) => Promise<void>;

/**
 * Runs work on a file under an exclusive lock across windows. The work is repeated if the lock was lost before its text
 * was written. Throws if the lock can't be taken within a few seconds.
 */
export async function withLock<Result>(
  path: string,
  work: (write: Write) => Promise<Result>,
  timing = usual,
): Promise<Result> {
  await makeFolder(dirname(path));
  for (let attempt = 1; ; attempt += 1) {
    const lock = await FileLock.take(`${path}.lock`, timing);
    try {
      return await work((text) => writeAtomically(path, text, () => lock.check()));
    } catch (error) {
      if (!(error instanceof LockLost) || attempt === attempts) throw error;
    } finally {
      await lock.release();
    }
  }
}

class LockLost extends Error {
  constructor() {
    super('Another window has taken the lock.');
  }
}

/**
 * A file that exists while its owner works. It contains the owner's token and a counter that the owner increments, so
 * others see by watching whether the owner is alive: clocks of two machines need not agree, and a machine may sleep.
 */
class FileLock {
  readonly #path: string;
  readonly #token: string;
  readonly #handle: FileHandle;
  readonly #timer: ReturnType<typeof setInterval>;
  #beats = 0;
  #beating: Promise<void> = Promise.resolve();

  private constructor(path: string, token: string, handle: FileHandle, { beat }: Timing) {
    [this.#path, this.#token, this.#handle] = [path, token, handle];
    this.#timer = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#beat()).catch(() => undefined);
    }, beat);
  }

  /** Waits for the lock. Throws if it can't be taken. */
  static async take(path: string, timing: Timing): Promise<FileLock> {
    const { pause, silence, patience } = timing;
    const watch = new Watch(pause);
    let failure: unknown;
    for (;;) {
      const lock = await FileLock.#create(path, timing).catch((error: unknown) => {
        if (!isRefusedForNow(error)) throw error;
        failure = error;
      });
      if (lock) return lock;
      const content = await contentOf(path);
      const unchanged = watch.see(content);
      if (watch.total > patience) throw failure ?? new Error('Another window does not release the lock.');
      if (content !== undefined && unchanged > silence) {
        await remove(path, content).catch((error: unknown) => (failure = error));
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Throws if another owner has the lock by now. */
  async check(): Promise<void> {
    if (!(await this.#isOwn())) throw new LockLost();
  }

  /** Removes the lock unless another owner has it by now. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const isOwn = await this.#isOwn();
    // Windows keeps the name of a deleted file while it is open.
    await this.#handle.close().catch(() => undefined);
    if (isOwn) await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /** Undefined if the lock exists. */
  static async #create(path: string, timing: Timing): Promise<FileLock | undefined> {
    const token = randomUUID();
    const handle = await open(path, 'wx', privateFile).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!handle) return undefined;
    try {
      await handle.write(`${token} 0`, 0);
      return new FileLock(path, token, handle, timing);
    } catch (error) {
      await handle.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Writes through the handle, so it reaches its own file even if that was moved. */
  async #beat(): Promise<void> {
    this.#beats += 1;
    await this.#handle.write(`${this.#token} ${this.#beats}`, 0);
    // Over NFS, others see it only after this.
    await this.#handle.datasync();
  }

  async #isOwn(): Promise<boolean> {
    return (await contentOf(this.#path))?.startsWith(this.#token) ?? false;
  }
}

/**
 * Measures how long a state was observed. Time between widely spaced checks doesn't count, because the machine may have
 * slept.
 */
class Watch {
  /** Milliseconds of observation. */
  total = 0;
  #unchanged = 0;
  #last = performance.now();
  #state: string | undefined;
  readonly #most: number;

  /** @param pause Milliseconds between two checks. */
  constructor(pause: number) {
    this.#most = 5 * pause;
  }

  /** @returns milliseconds of observation without a change of the state. */
  see(state: string | undefined): number {
    const now = performance.now();
    const watched = Math.min(now - this.#last, this.#most);
    this.#last = now;
    this.total += watched;
    this.#unchanged = state === this.#state ? this.#unchanged + watched : 0;
    this.#state = state;
    return this.#unchanged;
  }
}

/** Undefined if there is no lock. An unreadable lock counts as an empty one. */
async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return isMissing(error) ? undefined : '';
  }
}

/** Removes the lock of a killed owner. If several windows try at once, one succeeds. */
async function remove(path: string, content: string): Promise<void> {
  const aside = temporaryPath(path);
  await rename(path, aside);
  try {
    // Another window was faster, and this is its new lock.
    if ((await contentOf(aside)) !== content) await link(aside, path).catch(() => undefined);
  } finally {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}
