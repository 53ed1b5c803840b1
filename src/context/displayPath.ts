import * as vscode from 'vscode';

/** Relative to the workspace, with the folder's name where there are several folders. */
export function displayPath(uri: vscode.Uri): string {
  // A new document may have the place already at which it will be saved.
  const place = uri.scheme === 'untitled' && uri.path.startsWith('/') ? uri.with({ scheme: 'file' }) : uri;
  return vscode.workspace.asRelativePath(place, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
}

/** The last part of the path. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
