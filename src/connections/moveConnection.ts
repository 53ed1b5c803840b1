import * as vscode from 'vscode';
import { movedSonar } from '../api/connection/sonarMove.ts';
import type { Settings } from '../settings/settings.ts';
import { asObject } from '../shared/json.ts';
import { askInDialog, showInformation } from '../window/notifications.ts';

/**
 * Moves a connection from an API that its provider shut down to its replacement: shows the changes, then writes them;
 * the notification offers Undo.
 * @returns whether it was moved.
 */
export async function moveConnection(settings: Settings, name: string): Promise<boolean> {
  const before = settings.writtenConnections;
  const written = before.map(asObject).find((each) => each?.['name'] === name);
  if (!written) return false;
  const level = movedSonar(written);
  const move = { title: vscode.l10n.t('Move'), moved: level };
  const own = { title: vscode.l10n.t('Move to perplexity/sonar'), moved: movedSonar(written, true) };
  const chosen = await askInDialog(
    vscode.l10n.t('Perplexity has retired Sonar. Move “{0}” to the Agent API?', name),
    change(written, level),
    move,
    ...(level.isLevel ? [own] : []),
  );
  if (!chosen) return false;
  await settings.writeConnections(before.map((each) => (each === written ? chosen.moved.connection : each)));
  void offerUndo(settings, name, before);
  return true;
}

async function offerUndo(settings: Settings, name: string, before: Settings['writtenConnections']): Promise<void> {
  const undo = { title: vscode.l10n.t('Undo') };
  const message = vscode.l10n.t('Moved the connection “{0}” to the Agent API.', name);
  if ((await showInformation(message, undo)) === undo) await settings.writeConnections(before);
}

function change(
  written: Readonly<Record<string, unknown>>,
  { connection, removed, isLevel }: ReturnType<typeof movedSonar>,
): string {
  const lines = [
    vscode.l10n.t('Before: {0}', shown(written)),
    vscode.l10n.t('After: {0}', shown(connection)),
    vscode.l10n.t('The API key stays the same.'),
  ];
  if (removed.length > 0)
    lines.push(vscode.l10n.t("Removed because the Agent API doesn't support it: {0}", removed.join(', ')));
  if (isLevel) lines.push(vscode.l10n.t('“{0}” can use models from other companies.', String(connection['model'])));
  return lines.join('\n\n');
}

function shown({ headers: _headers, systemPrompt: _prompt, ...fields }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(fields);
}
