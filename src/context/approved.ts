import type * as vscode from 'vscode';

/** Files outside the workspace that the user agreed to attach, for this window. */
const approved = new Set<string>();

/** @param target The file that a link points to. */
export function approve(uri: vscode.Uri, target?: vscode.Uri): void {
  approved.add(keyOf(uri, target));
}

export function isApproved(uri: vscode.Uri, target?: vscode.Uri): boolean {
  return approved.has(keyOf(uri, target));
}

function keyOf(uri: vscode.Uri, target: vscode.Uri | undefined): string {
  return JSON.stringify([uri.toString(), target?.toString()]);
}
