import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installVsCodeServer } from '../install.ts';
import { project } from '../paths.ts';
import { Window } from '../window.ts';
import { explanation } from '../browser/replies.ts';

const run = promisify(execFile);

describe('the packed extension', () => {
  let home: string;
  let vsix: string;

  before(async function () {
    this.timeout(120_000);
    home = await mkdtemp(join(tmpdir(), 'askance-package-'));
    vsix = join(home, 'askance.vsix');
    const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
    await run(process.execPath, [vsce, 'package', ...flags, '--out', vsix], { cwd: project });
  });
  after(() => rm(home, { recursive: true, force: true }));

  it('holds what it needs and nothing else, in at most 900 KB', async () => {
    const { stdout } = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: project });
    const files = stdout.trim().split('\n').sort();
    const expected = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES',
      'package.json',
      'package.nls.json',
    ];
    assert.deepEqual(
      files.filter((file) => !file.includes('/')),
      expected,
    );
    const others = files.filter(
      (file) => file.includes('/') && !/^(?:dist\/[\w.-]+\.(?:cjs|js|css)|l10n\/.*\.json)$/.test(file),
    );
    assert.deepEqual(others, [
      'dist/onig.wasm',
      'media/askance.svg',
      'media/icon.png',
      'media/walkthrough/ask.svg',
      'media/walkthrough/connect.svg',
      'media/walkthrough/replace.svg',
    ]);
    assert.ok((await stat(vsix)).size <= 900_000);
  });

  it('answers a question in a fresh VS Code', async () => {
    await using window = await Window.open({ install: (dataDir) => install(vsix, dataDir) });
    await window.runCommand('Askance: Focus chat');
    await window.question.waitFor();
    window.demo.enqueue(explanation);
    await window.ask('How is the size computed?');
    const answer = await window.answer(0);
    await answer.getByRole('heading', { name: 'The size' }).waitFor();
    assert.equal(await answer.getByRole('group', { name: 'Sources' }).getByRole('link').count(), 3);
  });
});

const vsce = join(project, 'node_modules', '@vscode', 'vsce', 'vsce');

async function install(vsix: string, dataDir: string): Promise<void> {
  const { folder, node } = await installVsCodeServer();
  const data = [`--server-data-dir=${dataDir}`, `--user-data-dir=${dataDir}`, '--accept-server-license-terms'];
  await run(node, [join(folder, 'out', 'server-main.js'), ...data, `--install-extension=${vsix}`]);
}
