import assert from 'node:assert/strict';
import { disk, FakeUri } from '../documents/fakeVsCode.ts';
import { asUri } from '../documents/vsCode.ts';

const { Exclusions } = await import('../../../src/context/exclusions.ts');

/** Why the file should not be attached, where these patterns are excluded. */
async function reason(file: FakeUri, ...user: readonly string[]) {
  return (await new Exclusions({ user, workspace: [] }).doubt(asUri(file)))?.reason;
}

describe('whether a file on a drive of Windows may be attached', () => {
  afterEach(() => {
    disk.folder = undefined;
    disk.files.clear();
  });

  it('is found out for a folder in no repository', async () => {
    for (const folder of ['/c:/ws', '/d:/', '/E:/a/b/c']) {
      disk.folder = new FakeUri(folder);
      const file = FakeUri.joinPath(disk.folder, 'src', 'main.py');
      assert.equal(await reason(file), undefined, folder);
      assert.equal(await reason(file, '/src/*.py'), 'excluded', folder);
    }
  });

  it('is found out for a folder on a share', async () => {
    for (const folder of ['/share', '/share/', '/share/deep/ws']) {
      disk.folder = new FakeUri(folder, 'server');
      const file = FakeUri.joinPath(disk.folder, 'src', 'main.py');
      assert.equal(await reason(file), undefined, folder);
      assert.equal(await reason(file, '/src/*.py'), 'excluded', folder);
    }
  });

  it('is decided by the .gitignore of a repository above the folder', async () => {
    disk.folder = new FakeUri('/c:/repo/packages/one');
    disk.files.set('/c:/repo/.git/HEAD', '').set('/c:/repo/.gitignore', '/packages/*/out/\n');
    assert.equal(await reason(new FakeUri('/c:/repo/packages/one/out/a.js')), 'ignored');
    assert.equal(await reason(new FakeUri('/c:/repo/packages/one/src/a.js')), undefined);
  });

  it('is decided by the .gitignore of a repository that is the whole drive', async () => {
    disk.folder = new FakeUri('/d:/one');
    disk.files.set('/d:/.git/HEAD', '').set('/d:/.gitignore', 'out/\n');
    assert.equal(await reason(new FakeUri('/d:/one/out/a.js')), 'ignored');
  });

  it('is decided below its own root where no folder holds it', async () => {
    assert.equal(await reason(new FakeUri('/c:/Users/me/.env'), '.env'), 'excluded');
    assert.equal(await reason(new FakeUri('/C:/Users/me/notes.txt'), '/Users/me/*.txt'), 'excluded');
    assert.equal(await reason(new FakeUri('/share/notes.txt', 'server'), '/share/*.txt'), 'excluded');
    assert.equal(await reason(new FakeUri('/c:/Users/me/a.py'), '.env'), undefined);
  });

  it('does not depend on the case in which the folder was opened', async () => {
    disk.folder = new FakeUri('/C:/Work');
    disk.files.set('/C:/Work/.git/HEAD', '').set('/C:/Work/.gitignore', '/out/\n');
    assert.equal(await reason(new FakeUri('/c:/work/Notes.txt'), '/notes.txt'), 'excluded');
    assert.equal(await reason(new FakeUri('/c:/work/out/a.js')), 'ignored');
  });
});

describe('whether a file of another file system may be attached', () => {
  it('is found out for a folder whose path has no root', async () => {
    disk.folder = new FakeUri('notes');
    assert.equal(await reason(new FakeUri('notes/a.md')), undefined);
    disk.folder = undefined;
  });
});
