import * as vscode from 'vscode';

/** Resolves `..` in the URI, because containment is decided by path prefix. */
export function normalUri(uri: vscode.Uri): vscode.Uri {
  return /(?:^|[\\/])\.{1,2}(?:[\\/]|$)/.test(uri.path) ? vscode.Uri.joinPath(uri, '.') : uri;
}
