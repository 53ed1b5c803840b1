import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import { CompletionError } from '../api/errors.ts';
import type { Purpose, Settings } from '../settings/settings.ts';

/**
 * The connection for a purpose.
 * @param name A connection chosen for this request only; if it no longer exists, the one for the purpose is used.
 * @throws CompletionError if the settings name none.
 */
export function requireConnection(settings: Settings, purpose: Purpose = 'chat', name?: string): Connection {
  const named = settings.connections.find((connection) => connection.name === name);
  if (named) return named;
  const active = settings.connectionFor(purpose);
  switch (active.kind) {
    case 'connection':
      return active.connection;
    case 'noConnection': {
      const problem = vscode.l10n.t("There's no connection yet. Run “Askance: Connect to an endpoint” first.");
      throw new CompletionError({ kind: 'badSettings', problems: [problem] });
    }
    case 'badSettings':
      throw new CompletionError({ kind: 'badSettings', problems: active.problems });
    default:
      return active satisfies never;
  }
}
