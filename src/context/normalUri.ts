import * as vscode from 'vscode';

/** The URI without `..`: what lies in a folder is found out by how the path begins. */
export function normalUri(uri: vscode.Uri): vscode.Uri {
  return /(?:^|[\\/])\.{1,2}(?:[\\/]|$)/.test(uri.path) ? vscode.Uri.joinPath(uri, '.') : uri;
}
