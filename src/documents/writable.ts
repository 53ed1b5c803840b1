import * as vscode from 'vscode';

/**
 * One sentence where it can be told beforehand that a document takes no edits; a file that VS Code was told to treat as
 * read-only shows that only when it is written to.
 */
export async function whyReadOnly({ uri }: vscode.TextDocument): Promise<string | undefined> {
  const path = vscode.workspace.asRelativePath(uri);
  const sentence = vscode.l10n.t("{0} is read-only, so Askance can't edit it. Ask about the code instead.", path);
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return undefined;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return sentence;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0 ? undefined : sentence;
  } catch {
    // It has no file yet, or VS Code does not know its file system: the edit will tell.
    return undefined;
  }
}
