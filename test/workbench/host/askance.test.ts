import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('askance.askance');
    assert.ok(extension);
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
    assert.ok(contributed.length > 0);
    for (const { command } of contributed) assert.ok(registered.has(command), `${command} is not registered`);
  });
});
