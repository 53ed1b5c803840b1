import * as vscode from 'vscode';

/** The files open in tabs, in tab order without duplicates. */
export function openEditors(): readonly vscode.Uri[] {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => uriOf(input) ?? []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** The file in the active tab. */
export function openEditor(): vscode.Uri | undefined {
  return uriOf(vscode.window.tabGroups.activeTabGroup.activeTab?.input) ?? vscode.window.activeTextEditor?.document.uri;
}

function uriOf(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}
