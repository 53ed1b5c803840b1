import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Keybinding {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
}

describe('the keybindings', () => {
  it('are taken by no command of VS Code', async () => {
    const extension = vscode.extensions.getExtension('askance.askance');
    const contributed: (Keybinding & { mac: string })[] = extension?.packageJSON.contributes.keybindings;
    // While Askance writes or is reviewed, keys may be its own.
    const always = contributed.filter(({ when = '' }) => !when.includes('askance.'));
    const own = new Set(always.map(({ key, mac }) => (process.platform === 'darwin' ? mac : key)));
    assert.ok(own.size > 0);

    const defaults = await defaultKeybindings();
    assert.ok(defaults.length > 500);
    const taken = defaults.filter(({ key, command }) => own.has(key) && !command.startsWith('askance.'));
    assert.deepEqual(taken, []);
  });
});

async function defaultKeybindings(): Promise<Keybinding[]> {
  await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
  const text = vscode.window.activeTextEditor?.document.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  // The file ends with a list of commands without a key, in comments.
  return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''));
}
