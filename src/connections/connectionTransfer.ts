import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { exportedConnections } from '../api/connection/exportedConnection.ts';
import { asArray, asObject } from '../shared/json.ts';
import { parseConnection, parseConnections } from '../api/connection/connection.ts';
import type { Settings } from '../settings/settings.ts';
import { unusedName } from './newConnection.ts';
import { oneLine } from '../window/literal.ts';
import { askInDialog } from '../window/notifications.ts';
import { importedDestination, importedName } from './importedDestination.ts';

const filters = { JSON: ['json'] };

/** Nobody reads more lines in a dialog. */
const mostImported = 20;

/** Writes the connections to a file chosen by the user, without keys and anything that looks like one. */
export async function exportConnections(settings: Settings): Promise<void> {
  const title = vscode.l10n.t('Export connections (without API keys)');
  const target = await vscode.window.showSaveDialog({ title, filters, saveLabel: vscode.l10n.t('Export') });
  if (!target) return;
  const text = `${JSON.stringify(exportedConnections(settings.writtenConnections, vscode.l10n.t), undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

/** Adds the connections of a file after showing where each leads. Replaces no existing connection. */
export async function importConnections(settings: Settings): Promise<void> {
  const title = vscode.l10n.t('Import connections');
  const [source] = (await vscode.window.showOpenDialog({ title, filters, canSelectMany: false })) ?? [];
  if (!source) return;
  // It may be a settings.json with comments.
  const content: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
  const list = asArray(content) ?? asArray(asObject(content)?.['askance.connections']) ?? [];
  const { connections, problems } = parseConnections(list, vscode.l10n.t);
  if (connections.length === 0) {
    throw new Error(
      vscode.l10n.t("The file doesn't contain a valid connection. {0}", oneLine(problems.join(' '), 600)).trim(),
    );
  }
  const add = { title: vscode.l10n.t('Import') };
  if (connections.length > mostImported)
    throw new Error(
      vscode.l10n.t('The file contains more than {0} connections. Split it into smaller files.', mostImported),
    );
  const lines = connections.map(async (connection) => {
    const { apiKeyEnv: _variable, ...unnamed } = connection;
    return importedDestination(connection, await settings.secretSource(unnamed), vscode.l10n.t);
  });
  const left = problems.slice(0, mostImported).map((problem) => oneLine(problem, 300));
  const detail = [...(await Promise.all(lines)), ...left].join('\n');
  const question = vscode.l10n.t('Import these connections? Questions will be sent to these addresses:');
  if ((await askInDialog(question, detail, add)) !== add) return;
  const names = settings.connections.map(({ name }) => name);
  const added = connections.map(({ name }) => {
    const unused = unusedName(importedName({ name }), names);
    names.push(unused);
    return { ...list.map(asObject).find((written) => isConnection(written, name)), name: unused };
  });
  await settings.writeConnections([...settings.writtenConnections, ...added]);
}

/** Whether it is the connection read under this name: an invalid one may have the same name. */
function isConnection(written: unknown, name: string): boolean {
  const parsed = parseConnection(written, vscode.l10n.t);
  return parsed.kind === 'connection' && parsed.connection.name === name;
}
