import * as vscode from 'vscode';

/** What the changes of a repository are called. */
export function changesName(kind: 'stagedChanges' | 'workingChanges'): string {
  return kind === 'stagedChanges' ? vscode.l10n.t('Staged changes') : vscode.l10n.t('Changes');
}
