import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../../../src/conversation/history/fileLock.ts';
import { onPlatform, refuse } from './fileSystem.ts';

/** A fifth of the usual. */
const timing = { pause: 4, beat: 80, silence: 400, patience: 800 };

describe('a file lock', () => {
  let folder: string;
  let path: string;
  let lock: string;
  let ends: (() => void)[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askance-lock-'));
    path = join(folder, 'a.json');
    lock = `${path}.lock`;
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) end();
    await rm(folder, { recursive: true, force: true });
  });

  /** Holds the lock until the result is called, which resolves when the lock is released. */
  async function hold(): Promise<() => Promise<void>> {
    const [held, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const work = withLock(
      path,
      async () => {
        held.resolve();
        await end.promise;
      },
      timing,
    );
    await held.promise;
    return () => {
      end.resolve();
      return work;
    };
  }

  /** Takes the lock from its owner, who goes on writing into the old file. */
  async function takeOver(content: string): Promise<void> {
    const aside = `${lock}.aside`;
    await rename(lock, aside);
    await writeFile(lock, content);
    await rm(aside);
  }

  it('is never taken from a slow but living owner, whatever the clocks say', async () => {
    const release = await hold();
    await utimes(lock, 0, 0);
    let entered = false;
    const other = withLock(
      path,
      async () => {
        entered = true;
      },
      timing,
    );
    await assert.rejects(other, /does not release/);
    assert.equal(entered, false);
    await release();
    assert.deepEqual(await readdir(folder), []);
    await withLock(
      path,
      async () => {
        entered = true;
      },
      timing,
    );
    assert.equal(entered, true);
  });

  it("admits one owner at a time, even when several find a killed owner's lock", async () => {
    await writeFile(lock, 'of a killed process 3');
    const future = Date.now() / 1000 + 10 * 24 * 60 * 60;
    await utimes(lock, future, future);
    let [inside, most, entries] = [0, 0, 0];
    const work = async () => {
      inside += 1;
      entries += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    // On a busy machine the last waits long.
    await Promise.all(Array.from({ length: 8 }, () => withLock(path, work, { ...timing, patience: 30_000 })));
    assert.deepEqual([most, entries], [1, 8]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is not removed once another owner has it', async () => {
    await withLock(path, () => takeOver('another 0'), timing);
    assert.equal(await readFile(lock, 'utf8'), 'another 0');
  });

  it('blocks the write after it was lost, and repeats the work', async () => {
    await writeFile(path, 'of the other window');
    const seen: string[] = [];
    await withLock(
      path,
      async (write) => {
        seen.push(await readFile(path, 'utf8'));
        if (seen.length === 1) await takeOver('another 0');
        await write(`${seen.at(-1)}, and ours`);
      },
      timing,
    );
    assert.deepEqual(seen, ['of the other window', 'of the other window']);
    assert.equal(await readFile(path, 'utf8'), 'of the other window, and ours');
    assert.deepEqual(await readdir(folder), ['a.json']);
  });

  it('gives up if a stale lock cannot be removed', async () => {
    await writeFile(lock, 'of a killed process 3');
    ends.push(refuse('rename', 'EACCES', (from) => from === lock));
    await assert.rejects(
      withLock(path, async () => assert.fail('entered'), timing),
      { code: 'EACCES' },
    );
  });

  it('waits while Windows is still deleting the previous lock', async () => {
    ends.push(
      onPlatform('win32'),
      refuse('open', 'EPERM', (opened, call) => opened === lock && call <= 3),
    );
    assert.equal(await withLock(path, async () => 'done', timing), 'done');
  });
});
