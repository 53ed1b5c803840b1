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
  /** Between two looks at a lock that somebody else holds. */
  readonly pause: number;
  /** Between two signs of life of a lock's owner; most work is done before the first. */
  readonly beat: number;
  /** Without a sign of life after which the owner counts as killed. */
  readonly silence: number;
  /** After which waiting is given up: VS Code grants an extension five seconds to end. */
  readonly patience: number;
}

const usual: Timing = { pause: 20, beat: 400, silence: 2000, patience: 4000 };

/** How often work is done again that lost its lock, for instance because the machine slept. */
const attempts = 3;

/** Replaces the locked file's text. */
export type Write = (text: string) => Promise<void>;

/**
 * Does something with a file while no other window does. The work is done again where the lock was lost to another
 * window before its text was written.
 * Throws what keeps the lock from being taken, after some seconds at most.
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
 * A file that exists as long as its owner works. It holds the owner's token and a count that the owner raises, so whether
 * the owner lives is seen by watching: clocks of two machines need not agree, and a machine may sleep.
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

  /** Waits for the lock. Throws where it cannot be had. */
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

  /** Throws where the lock is another's by now. */
  async check(): Promise<void> {
    if (!(await this.#isOwn())) throw new LockLost();
  }

  /** Removes the lock unless it is another's by now. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const isOwn = await this.#isOwn();
    // Windows keeps the name of a deleted file as long as it is open.
    await this.#handle.close().catch(() => undefined);
    if (isOwn) await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /** Absent: there is a lock. */
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

  /** Into its own file, also where that has been moved away. */
  async #beat(): Promise<void> {
    this.#beats += 1;
    await this.#handle.write(`${this.#token} ${this.#beats}`, 0);
    // Over NFS, others see it only then.
    await this.#handle.datasync();
  }

  async #isOwn(): Promise<boolean> {
    return (await contentOf(this.#path))?.startsWith(this.#token) ?? false;
  }
}

/** For how long something was watched. Time in which nobody looked does not count: the machine may have slept. */
class Watch {
  /** Milliseconds of watching. */
  total = 0;
  #unchanged = 0;
  #last = performance.now();
  #state: string | undefined;
  readonly #most: number;

  /** @param pause Milliseconds between two looks. */
  constructor(pause: number) {
    this.#most = 5 * pause;
  }

  /** @returns milliseconds of watching in which the state was always the same. */
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

/** Absent: there is no lock. One that cannot be read is as good as one that is empty. */
async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return isMissing(error) ? undefined : '';
  }
}

/** Removes a lock whose owner was killed. Of several windows that see it at once, one does. */
async function remove(path: string, content: string): Promise<void> {
  const aside = temporaryPath(path);
  await rename(path, aside);
  try {
    // Another window was sooner, and this is its own lock.
    if ((await contentOf(aside)) !== content) await link(aside, path).catch(() => undefined);
  } finally {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}
