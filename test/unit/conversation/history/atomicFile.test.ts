import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeAtomically } from '../../../../src/conversation/history/atomicFile.ts';
import { onPlatform, refuse } from './fileSystem.ts';

describe('an atomically replaced file', () => {
  let folder: string;
  let ends: (() => void)[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askance-file-'));
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) end();
    await rm(folder, { recursive: true, force: true });
  });
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  it("is readable only by the user, whatever the old file's mode", async () => {
    // Windows has no such modes; what is in the user's profile is the user's alone.
    if (process.platform === 'win32') return;
    const path = join(folder, 'deep', 'er', 'a.json');
    await writeAtomically(path, 'one');
    assert.deepEqual(
      [await modeOf(path), await modeOf(join(folder, 'deep', 'er')), await modeOf(join(folder, 'deep'))],
      ['600', '700', '700'],
    );
    const shared = join(folder, 'b.json');
    await writeFile(shared, 'for all', { mode: 0o644 });
    await writeAtomically(shared, 'for one');
    assert.equal(await modeOf(shared), '600');
  });

  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    it(`is replaced after Windows refuses briefly with ${code}`, async () => {
      ends.push(
        onPlatform('win32'),
        refuse('rename', code, (_, call) => call <= 3),
      );
      const path = join(folder, 'a.json');
      await writeFile(path, 'old');
      await writeAtomically(path, 'new');
      assert.equal(await readFile(path, 'utf8'), 'new');
      assert.deepEqual(await readdir(folder), ['a.json']);
    });
  }

  it('is replaced once another program has closed it', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, 'old');
    const reader = await open(path);
    await Promise.all([writeAtomically(path, 'new'), delay(100).then(() => reader.close())]);
    assert.equal(await readFile(path, 'utf8'), 'new');
  });

  it('stays unchanged if Windows keeps refusing', async () => {
    ends.push(
      onPlatform('win32'),
      refuse('rename', 'EPERM', () => true),
    );
    const path = join(folder, 'a.json');
    await writeFile(path, 'old');
    await assert.rejects(writeAtomically(path, 'new'), { code: 'EPERM' });
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a.json']);
  });

  it('fails at once if a folder is in the way, or on other systems', async () => {
    let tries = 0;
    ends.push(
      onPlatform('linux'),
      refuse('rename', 'EACCES', () => (tries += 1) > 0),
    );
    await assert.rejects(writeAtomically(join(folder, 'a.json'), 'new'), { code: 'EACCES' });
    ends.push(onPlatform('win32'));
    await mkdir(join(folder, 'b.json'));
    await assert.rejects(writeAtomically(join(folder, 'b.json'), 'new'), { code: 'EACCES' });
    assert.equal(tries, 2);
  });

  it('keeps its text if the caller vetoes the replacement', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, 'old');
    const refused = writeAtomically(path, 'new', async () => {
      throw new Error('not now');
    });
    await assert.rejects(refused, /not now/);
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a.json']);
  });
});
