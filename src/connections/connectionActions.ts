import * as vscode from 'vscode';
import type { Endpoints } from './endpoints.ts';
import type { Purpose, Settings } from '../settings/settings.ts';
import { unusedName } from './newConnection.ts';
import { requireConnection } from './requireConnection.ts';
import { showInformation } from '../window/notifications.ts';

/** Actions on connections, by default on the active one. Their dialogs are loaded on first use. */
export class ConnectionActions {
  readonly #settings: Settings;
  readonly #endpoints: Endpoints;

  constructor(settings: Settings, endpoints: Endpoints) {
    this.#settings = settings;
    this.#endpoints = endpoints;
  }

  /** Lets the user choose the connection for a purpose, or change connections. */
  async select(purpose: Purpose): Promise<void> {
    if (this.#settings.connections.length === 0) return this.add();
    const { pickConnection } = await import('./connectionPicker.ts');
    const choice = await pickConnection(this.#settings, purpose);
    switch (choice?.kind) {
      case undefined:
        return;
      case 'select':
        return this.#settings.selectConnection(choice.name, purpose);
      case 'action':
        return this[choice.action](choice.name);
      default:
        choice satisfies never;
    }
  }

  async add(): Promise<void> {
    const { connect } = await import('./connect.ts');
    await connect(this.#settings, this.#endpoints);
  }

  /** Tests the endpoint step by step and offers to apply the findings. */
  async test(name?: string): Promise<void> {
    const connection = requireConnection(this.#settings, 'chat', name);
    const secret = await this.#settings.secretSource(connection);
    const adaptation = this.#settings.adaptation(connection);
    const tested = { connection, secret, adaptation, transport: await this.#endpoints.transport() };
    const { showConnectionTest } = await import('./connectionTestView.ts');
    const title = vscode.l10n.t('Test connection “{0}”', connection.name);
    const end = await showConnectionTest(
      tested,
      { title, buttons: [] },
      {
        passed: vscode.l10n.t('Close'),
        failed: vscode.l10n.t('Close'),
        detail: vscode.l10n.t('Save what the test found out about usage'),
      },
    );
    if (end.kind !== 'done' || end.value.includeUsage === undefined) return;
    const { includeUsage } = end.value;
    await this.#change(connection.name, (fields) => ({ ...fields, includeUsage }));
  }

  /** Sets one parameter after another until the user cancels. */
  async setParameters(name?: string): Promise<void> {
    const connection = requireConnection(this.#settings, 'chat', name);
    const { askParameter } = await import('./connectionParameters.ts');
    for (;;) {
      const current = requireConnection(this.#settings, 'chat', connection.name);
      const asked = await askParameter(current);
      if (!asked) return;
      await this.#change(connection.name, (fields) => ({ ...fields, parameters: asked }));
    }
  }

  async duplicate(name?: string): Promise<void> {
    const connection = requireConnection(this.#settings, 'chat', name);
    const names = this.#settings.connections.map((other) => other.name);
    const { askText } = await import('../window/pickers.ts');
    const copy = await askText({
      title: vscode.l10n.t('Duplicate connection “{0}”', connection.name),
      prompt: vscode.l10n.t('Name of the new connection'),
      value: unusedName(connection.name, names),
      ignoreFocusOut: true,
      validateInput: (value) => {
        if (value.trim() === '') return vscode.l10n.t('Enter a name.');
        return names.includes(value.trim()) ? vscode.l10n.t('Another connection has this name.') : undefined;
      },
    });
    if (copy === undefined) return;
    const { writtenConnections } = this.#settings;
    const original = writtenConnections.find((written) => isNamed(written, connection.name));
    await this.#settings.writeConnections([...writtenConnections, { ...Object(original), name: copy.trim() }]);
    await this.#settings.selectConnection(copy.trim());
  }

  /** Removes it at once; the notification offers Undo. */
  async remove(name?: string): Promise<void> {
    const connection = requireConnection(this.#settings, 'chat', name);
    const before = this.#settings.writtenConnections;
    const { activeConnection, editConnection } = this.#settings;
    const wasActive = activeConnection.kind === 'connection' && activeConnection.connection.name === connection.name;
    const wroteCode = editConnection === connection.name;
    await this.#settings.writeConnections(before.filter((written) => !isNamed(written, connection.name)));
    if (wasActive) await this.#settings.selectConnection(this.#settings.connections[0]?.name ?? '');
    if (wroteCode) await this.#settings.selectConnection('', 'edit');
    const undo = { title: vscode.l10n.t('Undo') };
    const message = vscode.l10n.t(
      'Deleted the connection “{0}”. A stored API key is kept until you delete it.',
      connection.name,
    );
    const restore = async (): Promise<void> => {
      if ((await showInformation(message, undo)) !== undo) return;
      await this.#settings.writeConnections(before);
      if (wasActive) await this.#settings.selectConnection(connection.name);
      if (wroteCode) await this.#settings.selectConnection(connection.name, 'edit');
    };
    void restore();
  }

  /**
   * Moves it from an API that was shut down.
   * @returns whether it was moved.
   */
  async move(name?: string): Promise<boolean> {
    const connection = requireConnection(this.#settings, 'chat', name === '' ? undefined : name);
    const { moveConnection } = await import('./moveConnection.ts');
    const isMoved = await moveConnection(this.#settings, connection.name);
    if (isMoved) await this.#settings.forgetRefusals(connection);
    return isMoved;
  }

  async importFile(): Promise<void> {
    const { importConnections } = await import('./connectionTransfer.ts');
    await importConnections(this.#settings);
  }

  async exportFile(): Promise<void> {
    const { exportConnections } = await import('./connectionTransfer.ts');
    await exportConnections(this.#settings);
  }

  /** Opens settings.json at the connections. */
  async edit(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
      revealSetting: { key: 'askance.connections' },
    });
  }

  async openSettings(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:askance.askance');
  }

  async #change(name: string, change: (fields: object) => object): Promise<void> {
    const changed = this.#settings.writtenConnections.map((written) =>
      isNamed(written, name) ? change(Object(written)) : written,
    );
    await this.#settings.writeConnections(changed);
  }
}

function isNamed(written: unknown, name: string): boolean {
  return typeof written === 'object' && written !== null && 'name' in written && written.name === name;
}
