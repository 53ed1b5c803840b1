import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { AttachedFiles } from '../../../src/context/attachedFiles.ts';
import { capture, captureWhole } from '../../../src/context/capture.ts';
import { displayPath } from '../../../src/context/displayPath.ts';
import { Exclusions } from '../../../src/context/exclusions.ts';
import { captureFile } from '../../../src/context/files.ts';
import { relocate } from '../../../src/context/relocate.ts';
import { captureInstructions } from '../../../src/context/instructions.ts';
import { openEditors } from '../../../src/context/openEditors.ts';
import { droppedSources, pastedSources } from '../../../src/context/paths.ts';
import { refreshed } from '../../../src/context/refresh.ts';
import { parseSource, sourceId } from '../../../src/context/source.ts';
import { matchingEntries, workspaceEntries } from '../../../src/context/workspaceFiles.ts';
import { gitRepositories } from '../../../src/context/git.ts';
import { Anchor } from '../../../src/documents/anchor.ts';
import { openFile, select, useFolder } from './editor.ts';

const run = promisify(execFile);
const nothing = { user: [], workspace: [] };
const none = new Exclusions(nothing);

describe('context', () => {
  const file = useFolder();
  const uri = (name: string) => vscode.Uri.file(file(name));
  const workspace = () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    return folder.uri;
  };

  describe('of a file', () => {
    it('is its text, with what stands unsaved in its editor', async () => {
      await writeFile(file('notes.py'), 'stored = 1\n');
      const stored = await captureFile(uri('notes.py'));
      assert.deepEqual([stored.kind, stored.text, stored.languageId], ['file', 'stored = 1\n', 'py']);
      const editor = await openFile(file('notes.py'), 'stored = 1\n');
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'typed = 2\n'));
      const open = await captureFile(uri('notes.py'));
      assert.deepEqual([open.text, open.languageId], ['typed = 2\nstored = 1\n', 'python']);
    });

    it('is refused with a clear word where it is binary, too large, empty or missing', async () => {
      await writeFile(file('picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]));
      await writeFile(file('large.txt'), 'x'.repeat(1_000_001));
      await writeFile(file('huge.txt'), 'x'.repeat(4_000_001));
      await writeFile(file('empty.txt'), '\n');
      await assert.rejects(captureFile(uri('picture.png')), /picture\.png is a binary file/);
      if (process.platform === 'linux') {
        await symlink('/dev/zero', file('endless.txt'));
        await assert.rejects(captureFile(uri('endless.txt')), /endless\.txt can't be read/);
      }
      await assert.rejects(captureFile(uri('large.txt')), /large\.txt is too large to attach \(1\.0 million/);
      await assert.rejects(captureFile(uri('huge.txt')), /huge\.txt is too large to attach \(4\.0 million/);
      await assert.rejects(captureFile(uri('empty.txt')), /empty\.txt is empty/);
      await assert.rejects(captureFile(uri('missing.txt')), /missing\.txt doesn't exist/);
    });

    it('is read anew under the same chip, and stays as it was where the file is gone', async () => {
      await writeFile(file('a.txt'), 'one\n');
      const attachment = await captureFile(uri('a.txt'));
      assert.equal(await refreshed(attachment, undefined, none), undefined);
      await writeFile(file('a.txt'), 'two\n');
      const fresh = await refreshed(attachment, undefined, none);
      assert.deepEqual([fresh?.attachment.id, fresh?.attachment.text], [attachment.id, 'two\n']);
      await vscode.workspace.fs.delete(uri('a.txt'));
      await assert.rejects(refreshed(attachment, undefined, none), /a\.txt doesn't exist/);
    });
  });

  it('of a selection follows the edits around and in it', async () => {
    const editor = await openFile(file('greet.py'), 'def greet():\n    pass\n');
    select(editor, 'def greet():');
    const [captured] = await capture({ kind: 'selection' }, none);
    assert.ok(captured && 'document' in captured);
    const anchor = new Anchor(captured.document, captured.range);
    try {
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '# above\n'));
      await editor.edit((builder) => builder.replace(new vscode.Range(1, 4, 1, 9), 'salute'));
      const fresh = await refreshed(captured.attachment, anchor, none);
      assert.ok(fresh && fresh.attachment.kind === 'code');
      assert.deepEqual([fresh.attachment.text, fresh.attachment.startLine], ['def salute():', 2]);
      await editor.edit((builder) => builder.delete(new vscode.Range(1, 0, 2, 0)));
      await assert.rejects(refreshed(captured.attachment, anchor, none), /deleted/);
    } finally {
      anchor.dispose();
    }
  });

  it('of a selection is found again after a reload, where its text stands beyond doubt', async () => {
    const editor = await openFile(file('twice.py'), 'def a():\n    pass\n\n\ndef b():\n    pass\n');
    select(editor, 'def b():\n    pass');
    const [captured] = await capture({ kind: 'selection' }, none);
    assert.ok(captured?.attachment.kind === 'code');
    const { attachment } = captured;
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '# above\n'));
    assert.equal((await relocate(attachment)).attachment.startLine, 6);
    await assert.rejects(relocate({ ...attachment, text: '    pass', startLine: 4 }), /has changed in .*twice\.py/);
    assert.equal((await relocate({ ...attachment, text: '    pass', startLine: 3 })).range.start.line, 2);
    await editor.edit((builder) => builder.replace(new vscode.Range(5, 4, 5, 5), 'c'));
    await assert.rejects(relocate(attachment), /has changed in .*twice\.py/);
    await assert.rejects(relocate({ ...attachment, uri: uri('gone.py').toString() }), /can no longer be opened/);
  });

  it('of a folder is the tree of its names, without what is secret or ignored', async () => {
    const root = vscode.Uri.joinPath(workspace(), 'listed');
    const at = (...parts: string[]) => join(root.fsPath, ...parts);
    await mkdir(at('src', 'deep'), { recursive: true });
    await mkdir(at('out'));
    await writeFile(at('.gitignore'), 'out/\n*.log\n!keep.log\n');
    for (const name of ['a.ts', '.env', 'x.log', 'keep.log', 'out/b.js', 'src/c.ts', 'src/deep/d.ts']) {
      await writeFile(at(...name.split('/')), 'text\n');
    }
    await symlink(root.fsPath, at('circle'));
    // What git ignores on this machine alone.
    const repository = join(workspace().fsPath, '.git');
    await mkdir(join(repository, 'info'), { recursive: true });
    await writeFile(join(repository, 'info', 'exclude'), '# mine\n/listed/notes.txt\n');
    await writeFile(at('notes.txt'), 'text\n');
    const exclusions = new Exclusions({ user: ['.env*'], workspace: ['a.*', '!.env'] });
    try {
      const { text, description } = await captureWhole({ kind: 'file', uri: root }, exclusions);
      assert.equal(text, '.gitignore\ncircle/\nkeep.log\nsrc/\n  c.ts\n  deep/\n    d.ts');
      assert.equal(description, 'Folder');

      const reasons = ['.env', 'a.ts', 'x.log', 'keep.log', 'out/b.js', 'src/c.ts', 'notes.txt'].map((name) =>
        exclusions.doubt(vscode.Uri.joinPath(root, name)),
      );
      const doubts = await Promise.all(reasons);
      assert.deepEqual(
        doubts.map((doubt) => doubt?.reason),
        ['excluded', 'excluded', 'ignored', undefined, 'ignored', undefined, 'ignored'],
      );

      const found = (await workspaceEntries(exclusions)).entries
        .map(({ path }) => path)
        .filter((path) => path.startsWith('listed'));
      assert.deepEqual(found.sort(), [
        'listed',
        'listed/.gitignore',
        'listed/keep.log',
        'listed/src',
        'listed/src/c.ts',
        'listed/src/deep',
        'listed/src/deep/d.ts',
      ]);
    } finally {
      await vscode.workspace.fs.delete(root, { recursive: true });
      await rm(repository, { recursive: true });
    }
  });

  it('of a folder is cut where it would never end', async () => {
    await mkdir(file('many'));
    await Promise.all(Array.from({ length: 2005 }, (_, index) => writeFile(file(`many/${index}.txt`), '')));
    const { text, description } = await captureWhole({ kind: 'folder', uri: uri('many') }, none);
    assert.equal(text.split('\n').length, 2001);
    assert.match(text, /\n…$/);
    assert.match(description, /first 2.?000 entries/);
  });

  it('of files beyond the limit of a large workspace is found by the end of its path, in any case', async () => {
    const root = vscode.Uri.joinPath(workspace(), 'large');
    await mkdir(join(root.fsPath, 'folder7'), { recursive: true });
    await writeFile(join(root.fsPath, 'folder7', 'OrderService[2].ts'), 'text\n');
    try {
      for (const query of ['orderserv', 'folder7/order', 'service[2', 'ORDERSERVICE']) {
        const found = await matchingEntries(query, none);
        assert.deepEqual(
          found.map(({ path }) => path),
          ['large/folder7/OrderService[2].ts'],
          query,
        );
      }
    } finally {
      await vscode.workspace.fs.delete(root, { recursive: true });
    }
  });

  it('of a notebook is its cells with outputs that are text, without pictures', async () => {
    const cell = (cellType: string, source: string, outputs: unknown[] = []) => ({
      cell_type: cellType,
      metadata: {},
      source: [source],
      ...(cellType === 'code' && { execution_count: 1, outputs }),
    });
    const notebook = {
      cells: [
        cell('markdown', '# Sales'),
        cell('code', 'print(total)', [
          { output_type: 'stream', name: 'stdout', text: ['41\n'] },
          { output_type: 'display_data', metadata: {}, data: { 'image/png': 'iVBORw0KGgoAAAANSUhEUg' } },
          { output_type: 'error', ename: 'NameError', evalue: 'x', traceback: ['\u001b[31mNameError\u001b[0m: x'] },
        ]),
      ],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeFile(file('sales.ipynb'), JSON.stringify(notebook));
    const { text, description } = await captureFile(uri('sales.ipynb'));
    assert.equal(description, 'Notebook');
    assert.ok(
      text.startsWith('[Cell 1: Markdown]\n# Sales\n\n[Cell 2: python]\nprint(total)\n[Output of cell 2]\n41\n'),
      text,
    );
    assert.match(text, /\(image\/png\)/);
    assert.match(text, /NameError: x/);
    assert.doesNotMatch(text, /iVBOR/);
    assert.ok(!text.includes('\u001b'));
  });

  it('of a file is followed when the file or its folder is renamed, and looked at again when it is deleted', async () => {
    await mkdir(file('old'));
    await writeFile(file('old/a.ts'), 'a\n');
    const renamed: string[] = [];
    let changed = Promise.withResolvers<void>();
    const files = new AttachedFiles({
      onChange: () => changed.resolve(),
      onRename: (from, to) => renamed.push(`${from.path} -> ${to.path}`),
    });
    try {
      files.watch([uri('old/a.ts').toString()]);
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(uri('old'), uri('new'));
      await vscode.workspace.applyEdit(edit);
      assert.deepEqual(renamed, [`${uri('old/a.ts').path} -> ${uri('new/a.ts').path}`]);
      files.watch([uri('new/a.ts').toString()]);
      changed = Promise.withResolvers<void>();
      const deletion = new vscode.WorkspaceEdit();
      deletion.deleteFile(uri('new/a.ts'));
      await vscode.workspace.applyEdit(deletion);
      await changed.promise;
    } finally {
      files.dispose();
    }
  });

  it('of another revision is named after its file, with the revision', () => {
    const path = vscode.Uri.joinPath(workspace(), 'src', 'a.ts');
    const revision = (ref: string) =>
      displayPath(path.with({ scheme: 'git', query: JSON.stringify({ path: path.fsPath, ref }) }));
    assert.equal(revision('HEAD'), 'src/a.ts (HEAD)');
    assert.equal(revision(''), 'src/a.ts (index)');
    assert.equal(revision('0123456789abcdef0123456789abcdef01234567'), 'src/a.ts (01234567)');
    assert.equal(displayPath(path.with({ scheme: 'review', authority: '' })), 'src/a.ts (review)');
    assert.equal(displayPath(path), 'src/a.ts');
  });

  it('of problems names place, rule and message, with the line', async () => {
    const editor = await openFile(file('bad.ts'), 'const a = 1;\nconst b = c;\n');
    const collection = vscode.languages.createDiagnosticCollection('test');
    try {
      await assert.rejects(
        captureWhole({ kind: 'problems', uri: uri('good.ts') }, none),
        /There are no problems in .*good\.ts/,
      );
      const problem = new vscode.Diagnostic(new vscode.Range(1, 10, 1, 11), "Cannot find name 'c'.");
      problem.source = 'check';
      problem.code = 2304;
      collection.set(editor.document.uri, [problem]);
      const { text, description } = await captureWhole({ kind: 'problems', uri: editor.document.uri }, none);
      assert.ok(text.includes("2:11 error check(2304): Cannot find name 'c'.\nconst b = c;"), text);
      assert.match(description, /problem/);
    } finally {
      collection.dispose();
    }
  });

  it('of open editors names each file once', async () => {
    await openFile(file('one.txt'), 'one');
    await openFile(file('two.txt'), 'two');
    await vscode.window.showTextDocument(uri('one.txt'), { viewColumn: vscode.ViewColumn.Beside, preview: false });
    const names = openEditors().map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    assert.deepEqual(names.sort(), ['one.txt', 'two.txt']);
  });

  it('of changes is the diff of a git repository, staged or not', async () => {
    const git = (...args: string[]) => run('git', args, { cwd: file('repository') });
    const configuration = vscode.workspace.getConfiguration('git');
    await mkdir(file('repository'));
    await git('init', '--quiet');
    await git('config', 'user.email', 'ada@example.com');
    await git('config', 'user.name', 'Ada');
    await writeFile(file('repository/a.txt'), 'one\ntwo\n');
    await git('add', '.');
    await git('commit', '--quiet', '--message=first');
    await configuration.update('enabled', true, vscode.ConfigurationTarget.Global);
    try {
      const root = uri('repository');
      await openRepository(root);
      await assert.rejects(captureWhole({ kind: 'stagedChanges', uri: root }, none), /Nothing is staged/);
      await writeFile(file('repository/a.txt'), 'ONE\ntwo\n');
      await git('add', '.');
      await writeFile(file('repository/a.txt'), 'ONE\nTWO\n');
      const staged = await captureWhole({ kind: 'stagedChanges', uri: root }, none);
      assert.match(staged.text, /^diff --git [\s\S]*\n-one\n\+ONE\n two\n/);
      const working = await captureWhole({ kind: 'workingChanges', uri: root }, none);
      assert.match(working.text, /\n ONE\n-two\n\+TWO\n/);
      assert.deepEqual([staged.languageId, working.kind], ['diff', 'workingChanges']);
      // What was attached is not what would go now: a secret that came in since then has not been asked about.
      await writeFile(file('repository/.env'), 'TOKEN=1\n');
      await git('add', '.env');
      const secrets = new Exclusions({ user: ['.env*'], workspace: [] });
      await assert.rejects(refreshed(staged, undefined, secrets), /^Error: \.env also changed and may contain secrets/);
      const confirmed = await captureWhole({ kind: 'stagedChanges', uri: root }, secrets);
      await writeFile(file('repository/.env'), 'TOKEN=2\n');
      await git('add', '.env');
      assert.match((await refreshed(confirmed, undefined, secrets))?.attachment.text ?? '', /TOKEN=2/);
      assert.ok((await gitRepositories()).length > 0);
      await assert.rejects(
        captureWhole({ kind: 'stagedChanges', uri: uri('elsewhere') }, none),
        /isn't open as a Git repository/,
      );
    } finally {
      await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is asked of git where VS Code has its repository open', async () => {
    const root = vscode.Uri.joinPath(workspace(), 'cloned');
    const at = (...parts: string[]) => join(root.fsPath, ...parts);
    await mkdir(at('nested'), { recursive: true });
    const git = promisify(execFile);
    const names = ['.gitignore', 'tracked.log', 'other.log', 'app.ts', 'nested/app.ts'];
    for (const name of names) await writeFile(at(...name.split('/')), name === '.gitignore' ? '*.log\nnested/\n' : 'x');
    await git('git', ['init', '-q'], { cwd: root.fsPath });
    await git('git', ['add', '-f', 'tracked.log'], { cwd: root.fsPath });
    await git('git', ['init', '-q'], { cwd: at('nested') });
    await symlink(at(), at('circle'));
    const exported: { getAPI(version: 1): { openRepository(folder: vscode.Uri): Promise<unknown> } } | undefined =
      await vscode.extensions.getExtension('vscode.git')?.activate();
    try {
      assert.ok(await exported?.getAPI(1).openRepository(root), 'git opens the repository');
      const entries = [...names.slice(1), 'circle/other.log', 'circle/app.ts'].map((name) => ({
        uri: vscode.Uri.joinPath(root, name),
        isFolder: false,
      }));
      const reasons = await new Exclusions(nothing).reasons(entries);
      assert.deepEqual(reasons, [undefined, 'ignored', undefined, undefined, 'ignored', undefined]);
    } finally {
      await vscode.workspace.fs.delete(root, { recursive: true });
    }
  });

  it('of instructions is the AGENTS.md of the workspace', async () => {
    const place = vscode.Uri.joinPath(workspace(), 'AGENTS.md');
    assert.deepEqual(await captureInstructions(nothing), []);
    await vscode.workspace.fs.writeFile(place, Buffer.from('Use tabs.\n'));
    try {
      const found = (await captureInstructions(nothing))[0]?.attachment;
      assert.deepEqual([found?.kind, found?.path, found?.text], ['instructions', 'AGENTS.md', 'Use tabs.\n']);
    } finally {
      await vscode.workspace.fs.delete(place);
    }
  });

  it('is found by what was dropped or pasted', async () => {
    await writeFile(file('a b.txt'), 'text');
    const dropped = droppedSources([`vscode-remote://127.0.0.1:9${uri('a b.txt').path.replace(' ', '%20')}`]);
    assert.deepEqual(dropped.map(sourceId), [sourceId({ kind: 'file', uri: uri('a b.txt') })]);
    assert.throws(() => droppedSources([]), /Only files from VS Code can be dropped/);

    const expected = [sourceId({ kind: 'file', uri: uri('a b.txt') })];
    for (const path of [file('a b.txt'), `"${file('a b.txt')}"`, uri('a b.txt').toString()]) {
      assert.deepEqual((await pastedSources([path]))?.map(sourceId), expected, path);
    }
    assert.equal((await pastedSources(['typescript/intervals.ts']))?.length, 1);
    assert.equal(await pastedSources([file('a b.txt'), file('missing.txt')]), undefined);
  });

  it('has a name that leads back to its source', () => {
    for (const source of [{ kind: 'selection' }, { kind: 'problems', uri: uri('a b.txt') }] as const) {
      assert.equal(sourceId(parseSource(sourceId(source))!), sourceId(source));
    }
    assert.equal(parseSource('constructor file:///a'), undefined);
    assert.equal(parseSource('file'), undefined);
  });
});

/** Opens the repository in VS Code's git extension, which may first have to become enabled. */
async function openRepository(root: vscode.Uri): Promise<void> {
  const extension = (await vscode.extensions.getExtension('vscode.git')?.activate()) as GitExports;
  if (!extension.enabled) {
    await new Promise<void>((resolve) => {
      extension.onDidChangeEnablement((enabled: boolean) => enabled && resolve());
    });
  }
  await extension.getAPI(1).openRepository(root);
}

interface GitExports {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
}
