import * as vscode from 'vscode';
import { findClearCredentials, isUnencrypted } from '../api/connection/plaintextCredential.ts';
import { completionsUrl } from '../api/url.ts';
import type { Settings } from '../settings/settings.ts';
import type { Readiness } from '../shared/protocol.ts';

/** Whether a question can be asked, and whom it would go to. */
export function readinessOf(settings: Settings): Readiness {
  const active = settings.activeConnection;
  if (active.kind !== 'connection') return active;
  const { connection, problems } = active;
  const { omitted, renamed } = settings.adaptation(connection);
  return {
    kind: 'ready',
    connection: {
      name: connection.name,
      model: connection.model,
      server: completionsUrl(connection.baseUrl).host,
      ...(isUnencrypted(connection) && { unencrypted: true }),
      parameters: connection.parameters,
      penaltyRange: connection.penaltyRange,
      refused: [
        ...omitted.map((parameter) => ({ parameter })),
        ...Object.entries(renamed).map(([parameter, replacement]) => ({ parameter, replacement })),
      ],
      // A connection that cannot be used is in no list: whoever looks for it is told why.
      warnings: [...findClearCredentials(connection, vscode.l10n.t).map(({ warning }) => warning), ...problems],
    },
  };
}
