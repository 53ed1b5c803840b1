import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { requestOf } from '../browser/replies.ts';
import { useEndpoint } from './endpoint.ts';

interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  status(): Promise<void>;
}

interface GitExports {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<Repository | null> };
}

describe('askance.writeCommitMessage', () => {
  const demo = useEndpoint();
  let folder = '';
  let repository: Repository;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  const write = (text: string) => writeFile(join(folder, 'dial.txt'), text);
  /** VS Code's window echoes each text that is set; an echo that is under way would take the next one back. */
  const type = async (text: string): Promise<void> => {
    await vscode.commands.executeCommand('setContext', 'askance.test', true);
    repository.inputBox.value = text;
    await vscode.commands.executeCommand('setContext', 'askance.test', false);
  };
  const run = () => vscode.commands.executeCommand('askance.writeCommitMessage', { rootUri: repository.rootUri });

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'askance-git-')));
    git('init', '--quiet');
    await write('a dial\n');
    git('add', '.');
    git('commit', '--quiet', '--message=Add a dial');
    const exported = await vscode.extensions.getExtension<GitExports>('vscode.git')?.activate();
    assert.ok(exported);
    const enabled = exported.enabled
      ? Promise.resolve()
      : new Promise<void>((resolve) => exported.onDidChangeEnablement((isEnabled) => isEnabled && resolve()));
    await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
    await enabled;
    const opened = await exported.getAPI(1).openRepository(vscode.Uri.file(folder));
    assert.ok(opened);
    repository = opened;
  });
  after(async () => {
    await vscode.workspace.getConfiguration('git').update('enabled', false, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('sends the changes that are not staged where none are, and fills the input box', async () => {
    await write('a dial with hands\n');
    demo().enqueue({ kind: 'text', text: '```text\nGive the dial hands\n\nIt told nothing.\n```' });
    await run();
    const { content } = requestOf(await demo().nextRequest()).messages.at(-1)!;
    assert.match(content, /not staged:\n```diff\n[\s\S]*\+a dial with hands/);
    assert.match(content, /last messages:\n- Add a dial/);
    assert.equal(repository.inputBox.value, 'Give the dial hands\n\nIt told nothing.');
  });

  it('sends what is staged and nothing else, and what was typed', async () => {
    await write('a dial with hands\n');
    git('add', '.');
    await write('a dial with hands and numbers\n');
    await repository.status();
    await type('Hands');
    demo().enqueue({ kind: 'text', text: 'Give the dial hands' });
    await run();
    const { content } = requestOf(await demo().nextRequest()).messages.at(-1)!;
    assert.match(content, /Staged changes/);
    assert.doesNotMatch(content, /numbers/);
    assert.ok(content.endsWith('keep what it says:\nHands'));
    assert.equal(repository.inputBox.value, 'Give the dial hands');
  });

  it('leaves alone what the user typed meanwhile, and an answer that is not one message', async () => {
    await type('Mine');
    demo().enqueue({ kind: 'text', text: '```\nOne\n```\nor\n```\nTwo\n```' });
    await run();
    assert.equal(repository.inputBox.value, 'Mine');

    demo().reset();
    demo().enqueue({ kind: 'text', text: 'Give the dial hands', pace: { charactersPerDelta: 2, deltasPerSecond: 5 } });
    const written = run();
    await demo().nextRequest();
    await type('Mine, longer');
    await written;
    assert.equal(repository.inputBox.value, 'Mine, longer');
  });
});
