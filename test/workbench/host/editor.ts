import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Gives each test a folder for its files; after the test it is gone, and so are the editors. */
export function useFolder(): (name: string) => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askance-files-'));
  });
  afterEach(async () => {
    await closeEditors();
    await rm(folder, { recursive: true, force: true });
  });
  return (name) => join(folder, name);
}

/** Writes a file and shows it in the active editor. */
export async function openFile(path: string, text: string): Promise<vscode.TextEditor> {
  await writeFile(path, text);
  return vscode.window.showTextDocument(vscode.Uri.file(path));
}

/** Selects the first occurrence of the text. */
export function select(editor: vscode.TextEditor, text: string): void {
  const { document } = editor;
  const start = document.getText().indexOf(text);
  if (start === -1) throw new Error(`The file does not hold ${text}`);
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + text.length));
}

/** Resolves when the document, after a change that is still to come, fulfils the condition. */
export async function changed(document: vscode.TextDocument, condition: (text: string) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document && condition(document.getText())) resolve();
  });
  await promise.finally(() => subscription.dispose());
}

/** Resolves when the document is saved, or at once if it is. */
export async function saved(document: vscode.TextDocument): Promise<void> {
  if (!document.isDirty) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = vscode.workspace.onDidSaveTextDocument((other) => {
    if (other === document) resolve();
  });
  await promise.finally(() => subscription.dispose());
}

/** Closes every editor without asking, changes included. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
