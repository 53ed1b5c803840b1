import type * as vscode from 'vscode';

/** Whether two URIs name the same file, also on a case-insensitive file system. */
export function sameUri(one: vscode.Uri, other: vscode.Uri): boolean {
  return comparable(one) === comparable(other);
}

function comparable(uri: vscode.Uri): string {
  const text = uri.toString().replace(/\/$/, '');
  const ignoresCase = uri.scheme === 'file' && (process.platform === 'win32' || process.platform === 'darwin');
  return ignoresCase ? text.toLowerCase() : text;
}
