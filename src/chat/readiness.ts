import * as vscode from 'vscode';
import { findClearCredentials, isUnencrypted } from '../api/connection/plaintextCredential.ts';
import type { Connection } from '../api/connection/connection.ts';
import { unsentParameters } from '../api/responses/unsent.ts';
import { isRetired, requestUrl, wireOf } from '../api/url.ts';
import type { Settings } from '../settings/settings.ts';
import type { Readiness } from '../shared/protocol.ts';

/** Whether a question can be sent, and where it would go. */
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
      server: requestUrl(connection).host,
      ...(isUnencrypted(connection) && { unencrypted: true }),
      parameters: connection.parameters,
      penaltyRange: connection.penaltyRange,
      refused: [
        ...omitted.map((parameter) => ({ parameter })),
        ...Object.entries(renamed).map(([parameter, replacement]) => ({ parameter, replacement })),
      ],
      // An unusable connection is in no list, so a warning says why.
      warnings: [
        ...retiredNote(connection),
        ...unsentNote(connection),
        ...findClearCredentials(connection, vscode.l10n.t).map(({ warning }) => warning),
        ...problems,
      ],
    },
  };
}

function retiredNote(connection: Connection): readonly string[] {
  if (!isRetired(connection)) return [];
  return [
    vscode.l10n.t('Perplexity has retired Sonar. Ask a question to move “{0}” to the Agent API.', connection.name),
  ];
}

function unsentNote(connection: Connection): readonly string[] {
  if (wireOf(connection) !== 'responses') return [];
  const names = unsentParameters(connection, {});
  return names.length === 0
    ? []
    : [vscode.l10n.t("Not sent, because the Responses API doesn't support it: {0}", names.join(', '))];
}
