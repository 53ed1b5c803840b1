import * as vscode from 'vscode';

/**
 * One sentence if the document is known to take no edits; files that VS Code is configured to treat as read-only are
 * only detected when written.
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
    // It has no file yet, or VS Code doesn't know its file system: the edit will show.
    return undefined;
  }
}
