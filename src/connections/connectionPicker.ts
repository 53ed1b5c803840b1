import * as vscode from 'vscode';
import type { Connection } from '../api/connection/connection.ts';
import { isRetired, requestUrl, wireOf } from '../api/url.ts';
import { wireName } from '../shared/wireId.ts';
import type { Purpose, Settings } from '../settings/settings.ts';
import { createPicker } from '../window/pickers.ts';

/** The action of a picker button. */
type ConnectionActionName =
  | 'add'
  | 'test'
  | 'setParameters'
  | 'duplicate'
  | 'remove'
  | 'importFile'
  | 'exportFile'
  | 'edit';

/** The user's choice. */
export type ConnectionChoice =
  /** An empty name: for edits, the chat's connection. */
  | { readonly kind: 'select'; readonly name: string }
  /** An empty name: a title button, which isn't about one connection. */
  | { readonly kind: 'action'; readonly action: ConnectionActionName; readonly name: string };

interface ConnectionItem extends vscode.QuickPickItem {
  /** Empty: for edits, the chat's connection. */
  readonly connection: string;
}

type ConnectionButton = vscode.QuickInputButton & { readonly run: ConnectionActionName };

/**
 * Lets the user choose the connection for chat or edits; buttons change the connections.
 * @returns undefined if cancelled.
 */
export async function pickConnection(settings: Settings, purpose: Purpose): Promise<ConnectionChoice | undefined> {
  const picker = createPicker<ConnectionItem>();
  picker.title =
    purpose === 'chat' ? vscode.l10n.t('Select connection for chat') : vscode.l10n.t('Select connection for edits');
  picker.matchOnDescription = true;
  picker.items = connectionItems(settings, purpose);
  picker.buttons = titleButtons();
  const active = settings.connectionFor(purpose);
  const name = active.kind === 'connection' ? active.connection.name : '';
  picker.activeItems = picker.items.filter(({ connection }) => connection === name);
  const { promise, resolve } = Promise.withResolvers<ConnectionChoice | undefined>();
  picker.onDidTriggerButton((button) => resolve(chosenAction(button, '')));
  picker.onDidTriggerItemButton(({ button, item }) => resolve(chosenAction(button, item.connection)));
  picker.onDidHide(() => resolve(undefined));
  picker.onDidAccept(() => {
    const [item] = picker.selectedItems;
    if (item) resolve({ kind: 'select', name: item.connection });
  });
  picker.show();
  try {
    return await promise;
  } finally {
    picker.dispose();
  }
}

function connectionItems(settings: Settings, purpose: Purpose): readonly ConnectionItem[] {
  const same = {
    label: vscode.l10n.t('Same as in chat'),
    connection: '',
  };
  const items = settings.connections.map((connection) => ({
    label: connection.name,
    description: connection.model,
    detail: pickerDetail(connection),
    connection: connection.name,
    buttons: itemButtons(),
  }));
  return purpose === 'edit' ? [same, ...items] : items;
}

/** The connection's host and API, or that it no longer works. */
function pickerDetail(connection: Connection): string {
  const place = `${requestUrl(connection).href} · ${wireName(wireOf(connection))}`;
  return isRetired(connection) ? vscode.l10n.t('{0} · retired, move to the new API', place) : place;
}

function itemButtons(): readonly ConnectionButton[] {
  return [
    button('settings', vscode.l10n.t('Set model parameters'), 'setParameters'),
    button('beaker', vscode.l10n.t('Test connection'), 'test'),
    button('copy', vscode.l10n.t('Duplicate connection'), 'duplicate'),
    button('trash', vscode.l10n.t('Delete connection'), 'remove'),
  ];
}

function titleButtons(): readonly ConnectionButton[] {
  return [
    button('add', vscode.l10n.t('Connect to another endpoint'), 'add'),
    button('cloud-download', vscode.l10n.t('Import connections'), 'importFile'),
    button('cloud-upload', vscode.l10n.t('Export connections (without API keys)'), 'exportFile'),
    button('json', vscode.l10n.t('Edit in settings.json'), 'edit'),
  ];
}

function button(icon: string, tooltip: string, run: ConnectionActionName): ConnectionButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip, run };
}

function chosenAction({ run }: Partial<ConnectionButton>, name: string): ConnectionChoice | undefined {
  return run && { kind: 'action', action: run, name };
}
