import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import type { Purpose, Settings } from '../settings/settings.ts';

export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:askance.askance');
}

export function noConnectionMessage(): string {
  return vscode.l10n.t('There is no connection yet. Use “Askance: Connect to an endpoint” first.');
}

/**
 * The connection that answers, or writes code. Throws what the user is to be told where there is none.
 * @param name Of a connection that was chosen for this alone; one that is gone: the one for the purpose.
 */
export function selectedConnection(settings: Settings, purpose: Purpose = 'chat', name?: string): Connection {
  const named = settings.connections.find((connection) => connection.name === name);
  if (named) return named;
  const active = settings.connectionFor(purpose);
  switch (active.kind) {
    case 'connection':
      return active.connection;
    case 'noConnection':
      throw new Error(noConnectionMessage());
    case 'badSettings':
      throw new Error(active.problems.join(' '));
  }
}
