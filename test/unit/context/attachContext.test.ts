import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Attachment } from '../../../src/prompt/context.ts';
import { disk, FakeUri, git, shown, TabInputText, user, window } from '../documents/fakeVsCode.ts';
import { asUri } from '../documents/vsCode.ts';

const { confirmed } = await import('../../../src/context/attachContext.ts');
const { Exclusions } = await import('../../../src/context/exclusions.ts');

describe('what is to be attached', () => {
  let home: string;
  const workspace = () => join(home, 'ws');
  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'askance-links-')));
    await mkdir(join(workspace(), 'src'), { recursive: true });
    disk.folder = FakeUri.file(workspace());
    shown.length = 0;
  });
  afterEach(async () => {
    disk.folder = undefined;
    disk.files.clear();
    disk.links.clear();
    user.presses = undefined;
    git.repositories = [];
    window.tabGroups.all = [];
    await rm(home, { recursive: true, force: true });
  });

  const attachmentOf = (uri: FakeUri, kind: Attachment['kind'] = 'file') =>
    ({ id: 'a', kind, uri: uri.toString(), path: uri.path, description: '', languageId: '', text: '' }) as Attachment;

  /** Whether it is attached, and what the user was asked. */
  async function attach(
    uri: FakeUri,
    {
      kind = 'file',
      namedBy = 'user',
      patterns = ['.env*', 'id_rsa*'],
    }: {
      readonly kind?: Attachment['kind'];
      readonly namedBy?: 'user' | 'page' | 'askance';
      readonly patterns?: readonly string[];
    } = {},
  ): Promise<readonly [attached: boolean, asked: string]> {
    shown.length = 0;
    const exclusions = new Exclusions({ user: patterns, workspace: [] });
    const sent = await confirmed([{ attachment: attachmentOf(uri, kind) }], exclusions, namedBy);
    return [sent.length === 1, shown.join('\n')];
  }

  async function link(name: string, target: string): Promise<FakeUri> {
    await symlink(target, join(workspace(), name));
    return FakeUri.file(join(workspace(), name));
  }

  it('is asked about where a link leads out of the workspace', async () => {
    await writeFile(join(home, 'notes.txt'), 'mine');
    const name = await link('README.md', join(home, 'notes.txt'));
    const [attached, asked] = await attach(name);
    assert.equal(attached, false);
    assert.match(asked, /notes\.txt, outside the workspace|outside the workspace/);
    for (const namedBy of ['page', 'askance'] as const) assert.equal((await attach(name, { namedBy }))[0], false);
    assert.equal((await attach(name, { kind: 'code', namedBy: 'askance' }))[0], false, 'an example for tests');
    assert.deepEqual(await attach(name, { kind: 'code' }), [true, ''], 'the user sees it in an editor');
    user.presses = 'Attach anyway';
    assert.equal((await attach(name))[0], true);
    assert.deepEqual(await attach(name), [true, ''], 'once');
  });

  it('is judged by where a link leads, also through a folder', async () => {
    await mkdir(join(home, '.ssh'));
    await writeFile(join(home, '.ssh', 'id_rsa'), 'key');
    await writeFile(join(workspace(), '.env'), 'secret');
    await link('docs', join(home, '.ssh'));
    for (const name of [
      await link('NOTES.md', join(home, '.ssh', 'id_rsa')),
      await link('config.txt', join(workspace(), '.env')),
      FakeUri.file(join(workspace(), 'docs', 'id_rsa')),
    ]) {
      for (const kind of ['file', 'code', 'instructions'] as const) {
        const [attached, asked] = await attach(name, { kind });
        assert.equal(attached, false, `${name.path} as ${kind}`);
        assert.match(asked, /askance\.exclude/);
      }
    }
  });

  it('is not asked about where a link stays in the workspace, or the workspace itself is a link', async () => {
    await writeFile(join(workspace(), 'AGENTS.md'), 'Use tabs.');
    assert.deepEqual(await attach(await link('CLAUDE.md', 'AGENTS.md'), { namedBy: 'askance' }), [true, '']);
    await symlink(workspace(), join(home, 'linked'));
    disk.folder = FakeUri.file(join(home, 'linked'));
    assert.deepEqual(await attach(FakeUri.file(join(home, 'linked', 'AGENTS.md'))), [true, '']);
  });

  it('is asked about where it is a link of another file system', async () => {
    disk.folder = new FakeUri('/ws', '', 'memfs');
    disk.files.set('/ws/a.md', 'text').set('/ws/b.md', 'text').set('/ws/docs/c.md', 'text');
    disk.links.add('/ws/b.md').add('/ws/docs');
    assert.deepEqual(await attach(new FakeUri('/ws/a.md', '', 'memfs')), [true, '']);
    assert.equal((await attach(new FakeUri('/ws/b.md', '', 'memfs')))[0], false);
    assert.equal((await attach(new FakeUri('/ws/docs/c.md', '', 'memfs')))[0], false);
  });

  it('is asked about once where the page names a file outside of the workspace', async () => {
    await writeFile(join(home, 'outside.txt'), 'mine');
    const outside = FakeUri.file(join(home, 'outside.txt'));
    for (const kind of ['file', 'folder', 'instructions', 'problems'] as const) {
      const [attached, asked] = await attach(outside, { namedBy: 'page', kind });
      assert.equal(attached, false);
      assert.match(asked, /outside the workspace/);
    }
    assert.deepEqual(await attach(outside), [true, ''], 'the user chose it');
    user.presses = 'Attach anyway';
    assert.equal((await attach(outside, { namedBy: 'page' }))[0], true);
    assert.deepEqual(await attach(outside, { namedBy: 'page' }), [true, '']);
    const opened = FakeUri.file(join(home, 'open.txt'));
    window.tabGroups.all = [{ tabs: [{ input: new TabInputText(opened) }] }];
    assert.deepEqual(await attach(opened, { namedBy: 'page' }), [true, '']);
  });

  it('is asked about where git ignores it, and where that cannot be told', async () => {
    disk.files.set(`${disk.folder?.path}/.gitignore`, '*.log\n');
    assert.match((await attach(FakeUri.file(join(workspace(), 'a.log'))))[1], /ignored by Git/);
    disk.files.set(`${disk.folder?.path}/.gitignore`, '#'.repeat(1_000_000));
    assert.match((await attach(FakeUri.file(join(workspace(), 'a.ts'))))[1], /too many ignore patterns/);
  });

  it('is not read from a .gitignore that is a link', async () => {
    disk.files.set(`${disk.folder?.path}/.gitignore`, '*.log\n');
    disk.links.add(`${disk.folder?.path}/.gitignore`);
    assert.deepEqual(await attach(FakeUri.file(join(workspace(), 'a.log'))), [true, '']);
  });

  describe('in a repository that VS Code has open', () => {
    const asked: string[][] = [];
    const ask = (uris: readonly FakeUri[]) =>
      new Exclusions({ user: [], workspace: [] }).reasons(uris.map((uri) => ({ uri: asUri(uri), isFolder: false })));
    const at = (...parts: readonly string[]) => FakeUri.file(join(workspace(), ...parts));

    function openRepository(folder: FakeUri, ignored: readonly string[], refused = ''): void {
      const checkIgnore = async (paths: readonly string[]): Promise<ReadonlySet<string>> => {
        asked.push([...paths]);
        if (refused !== '' && paths.some((path) => path.includes(refused))) throw new Error('beyond a symbolic link');
        return new Set(paths.filter((path) => ignored.some((name) => path.endsWith(name))));
      };
      git.repositories = [...git.repositories, { rootUri: folder, checkIgnore }];
      disk.files.set(`${folder.path}/.git/HEAD`, '');
    }

    beforeEach(() => {
      asked.length = 0;
      disk.files.set(`${disk.folder?.path}/.gitignore`, '*.log\nnested/\n');
    });

    it('git is asked, once for many files, and its word counts', async () => {
      openRepository(at(), ['secret.txt']);
      assert.deepEqual(await ask([at('tracked.log'), at('src', 'secret.txt'), at('a.ts')]), [
        undefined,
        'ignored',
        undefined,
      ]);
      assert.equal(asked.length, 1);
    });

    it('git is not asked about code that the user sees', async () => {
      openRepository(at(), ['a.ts']);
      assert.deepEqual(await attach(at('a.ts'), { kind: 'code' }), [true, '']);
      assert.equal(asked.length, 0);
    });

    it('each file is for the repository that is nearest, open or not', async () => {
      openRepository(at(), ['app.ts', 'other.ts']);
      openRepository(at('nested'), []);
      disk.files.set(`${at('closed').path}/.git/HEAD`, '').set(`${at('closed').path}/.gitignore`, 'out/\n');
      assert.deepEqual(
        await ask([at('nested', 'app.ts'), at('app.ts'), at('closed', 'app.ts'), at('closed', 'out', 'b')]),
        [undefined, 'ignored', undefined, 'ignored'],
      );
    });

    it('what git says nothing about is decided by the files .gitignore', async () => {
      await symlink(home, join(workspace(), 'linked'));
      openRepository(at(), ['secret.txt'], 'linked');
      assert.deepEqual(await ask([at('secret.txt'), at('linked', 'b.log'), at('linked', 'b.ts')]), [
        'ignored',
        'ignored',
        undefined,
      ]);
    });
  });
});

describe('the patterns of a repository', () => {
  it('take no more than their time, whatever they are', async () => {
    disk.folder = new FakeUri('/ws');
    const rules = Array.from({ length: 4000 }, (_, index) => `**/a*${index % 7}/**/*b*${index}`);
    disk.files.set('/ws/.gitignore', rules.join('\n'));
    const uris = Array.from({ length: 5000 }, (_, index) => new FakeUri(`/ws/${'a1/'.repeat(60)}b${index}.ts`));
    const entries = uris.map((uri) => ({ uri: uri as unknown as vscode.Uri, isFolder: false }));
    const reasons = await new Exclusions({ user: [], workspace: rules.slice(0, 2000) }).reasons(entries);
    assert.equal(reasons.at(-1), 'unchecked');
    disk.folder = undefined;
    disk.files.clear();
  });
});
