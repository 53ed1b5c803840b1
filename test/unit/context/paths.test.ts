import assert from 'node:assert/strict';
import { disk, FakeUri } from '../documents/fakeVsCode.ts';
import '../documents/vsCode.ts';

const { droppedSources, pastedSources } = await import('../../../src/context/paths.ts');

/** The URIs of the files that pasted paths lead to; undefined: they are text. */
async function pasted(...paths: readonly string[]): Promise<readonly string[] | undefined> {
  return (await pastedSources(paths))?.map((source) => ('uri' in source ? source.uri.toString() : ''));
}

describe('paths of Windows', () => {
  beforeEach(() => {
    disk.files.set('/C:/code/main.rs', '').set('/c:/code/main.rs', '').set('/c:/ws/src/a.py', '');
    disk.files.set('//host/share/a b.txt', '');
  });

  afterEach(() => {
    disk.folder = undefined;
    disk.files.clear();
  });

  for (const [where, folder] of [
    ['without a folder', undefined],
    ['in a folder on a drive', new FakeUri('/c:/ws')],
    ['in a folder on a share', new FakeUri('/share/ws', 'host')],
  ] as const) {
    it(`lead to their files ${where}`, async () => {
      disk.folder = folder;
      for (const path of ['C:\\code\\main.rs', '"C:\\code\\main.rs"', 'C:/code/main.rs', 'file:///C:/code/main.rs']) {
        assert.deepEqual(await pasted(path), ['file:///C:/code/main.rs'], path);
      }
      for (const path of ['file:///c%3A/code/main.rs', 'vscode-remote://127.0.0.1:8000/c:/code/main.rs']) {
        assert.deepEqual(await pasted(path), ['file:///c:/code/main.rs'], path);
      }
      for (const path of ['\\\\host\\share\\a b.txt', '//host/share/a b.txt', 'file://host/share/a%20b.txt']) {
        assert.deepEqual(await pasted(path), ['file://host/share/a b.txt'], path);
      }
      assert.equal(await pasted('C:\\code\\main.rs', 'C:\\code\\gone.rs'), undefined);
    });
  }

  it('lead from the folder, with backslashes', async () => {
    disk.folder = new FakeUri('/c:/ws');
    assert.deepEqual(await pasted('src\\a.py', '.\\src\\a.py'), ['file:///c:/ws/src/a.py', 'file:///c:/ws/src/a.py']);
  });

  it('lead into the file system of the workspace where that is another', async () => {
    disk.folder = new FakeUri('/ws', 'github', 'vscode-vfs');
    disk.files.set('//github/ws/a.py', '');
    assert.deepEqual(await pasted('/ws/a.py'), ['vscode-vfs://github/ws/a.py']);
  });

  it('lead to their files when they are dropped', () => {
    const uris = ['file:///c%3A/code/main.rs', 'vscode-remote://127.0.0.1:8000//host/share/a%20b.txt'];
    assert.deepEqual(
      droppedSources(uris).map((source) => ('uri' in source ? source.uri.toString() : '')),
      ['file:///c:/code/main.rs', 'file://host/share/a b.txt'],
    );
  });
});
