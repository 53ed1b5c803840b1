import type * as vscode from 'vscode';

/** Whether two URIs name one file, also where the file system does not tell `a` from `A`. */
export function sameUri(one: vscode.Uri, other: vscode.Uri): boolean {
  return comparable(one) === comparable(other);
}

function comparable(uri: vscode.Uri): string {
  const text = uri.toString().replace(/\/$/, '');
  const ignoresCase = uri.scheme === 'file' && (process.platform === 'win32' || process.platform === 'darwin');
  return ignoresCase ? text.toLowerCase() : text;
}
