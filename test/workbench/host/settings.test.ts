import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './editor.ts';
import { setConnections } from './endpoint.ts';

describe('settings.json', () => {
  after(async () => {
    await setConnections(undefined);
    await closeEditors();
  });

  it('flags what a connection may not hold', async () => {
    await setConnections([
      {
        name: 'Wrong',
        baseUrl: 'ftp://x',
        model: 'demo',
        parameters: { temperature: 9, presence_penalty: -1 },
        stream: 1,
      },
    ]);
    await vscode.commands.executeCommand('workbench.action.openSettingsJson');
    const settings = vscode.window.activeTextEditor?.document.uri;
    assert.ok(settings);
    const messages = await problems(settings, 4);
    assert.match(messages.join('\n'), /http/);
    assert.match(messages.join('\n'), /maximum of 2/);
    assert.match(messages.join('\n'), /boolean/);
    assert.match(messages.join('\n'), /minimum of 0/);
  });
});

/** What the editor underlines, once there are so many problems. */
async function problems(uri: vscode.Uri, count: number): Promise<string[]> {
  const read = () => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
  if (read().length >= count) return read();
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const subscription = vscode.languages.onDidChangeDiagnostics(() => {
    if (read().length >= count) resolve(read());
  });
  return promise.finally(() => subscription.dispose());
}
