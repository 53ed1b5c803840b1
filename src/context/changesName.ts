import * as vscode from 'vscode';

/** The display name of a repository's changes. */
export function changesName(kind: 'stagedChanges' | 'workingChanges'): string {
  return kind === 'stagedChanges' ? vscode.l10n.t('Staged changes') : vscode.l10n.t('Changes');
}
