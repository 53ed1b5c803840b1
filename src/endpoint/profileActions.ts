import * as vscode from 'vscode';
import { selectedProfile } from './activeProfile.ts';
import type { Profile } from '../api/profile.ts';
import type { Endpoints } from './endpoints.ts';
import type { Purpose, Settings } from '../settings.ts';
import { unusedName } from './unusedName.ts';

/** What a button beside a profile can do. */
export type ProfileActionName = Exclude<keyof ProfileActions, 'select'>;

/** What can be done with profiles. A name that is empty means the one that answers. What asks is loaded at first use. */
export class ProfileActions {
  readonly #settings: Settings;
  readonly #endpoints: Endpoints;

  constructor(settings: Settings, endpoints: Endpoints) {
    this.#settings = settings;
    this.#endpoints = endpoints;
  }

  /** Lets the user choose the profile for a purpose, or change the profiles. */
  async select(purpose: Purpose): Promise<void> {
    const { selectProfile } = await import('./profilePicker.ts');
    await selectProfile(this.#settings, this, purpose);
  }

  async add(): Promise<void> {
    const { connect } = await import('./connect.ts');
    await connect(this.#settings, this.#endpoints);
  }

  /** Tries the endpoint step by step, and offers to set what that found out. */
  async test(name: string): Promise<void> {
    const profile = this.#profile(name);
    const secret = await this.#settings.secretSource(profile);
    const adaptation = this.#settings.adaptation(profile);
    const tested = { profile, secret, adaptation, transport: this.#endpoints.transport() };
    const { showConnectionTest } = await import('./connectionTestView.ts');
    const title = vscode.l10n.t('Test of “{0}”', profile.name);
    const end = await showConnectionTest(
      tested,
      { title, buttons: [] },
      {
        passed: vscode.l10n.t('Close'),
        failed: vscode.l10n.t('Close'),
        detail: vscode.l10n.t('Ask for usage as the test found out it is sent'),
      },
    );
    if (end.kind !== 'done' || end.value.includeUsage === undefined) return;
    const { includeUsage } = end.value;
    await this.#change(profile.name, (fields) => ({ ...fields, includeUsage }));
  }

  /** Sets one parameter after another, until the user leaves. */
  async setParameters(name: string): Promise<void> {
    const profile = this.#profile(name);
    const { askParameter } = await import('./profileParameters.ts');
    for (;;) {
      const current = this.#profile(profile.name);
      const asked = await askParameter(current);
      if (!asked) return;
      await this.#change(profile.name, (fields) => ({ ...fields, parameters: asked }));
    }
  }

  async duplicate(name: string): Promise<void> {
    const profile = this.#profile(name);
    const names = this.#settings.profiles.map((other) => other.name);
    const copy = await vscode.window.showInputBox({
      title: vscode.l10n.t('Duplicate “{0}”', profile.name),
      prompt: vscode.l10n.t('Name of the new profile'),
      value: unusedName(profile.name, names),
      ignoreFocusOut: true,
      validateInput: (value) => {
        if (value.trim() === '') return vscode.l10n.t('Type a name.');
        return names.includes(value.trim()) ? vscode.l10n.t('Another profile has this name.') : undefined;
      },
    });
    if (copy === undefined) return;
    const { writtenProfiles } = this.#settings;
    const original = writtenProfiles.find((written) => isNamed(written, profile.name));
    await this.#settings.writeProfiles([...writtenProfiles, { ...Object(original), name: copy.trim() }]);
    await this.#settings.selectProfile(copy.trim());
  }

  /** Removes it at once; the notification undoes it. */
  async remove(name: string): Promise<void> {
    const profile = this.#profile(name);
    const before = this.#settings.writtenProfiles;
    const { activeProfile, editProfile } = this.#settings;
    const wasActive = activeProfile.kind === 'profile' && activeProfile.profile.name === profile.name;
    const wroteCode = editProfile === profile.name;
    await this.#settings.writeProfiles(before.filter((written) => !isNamed(written, profile.name)));
    if (wasActive) await this.#settings.selectProfile(this.#settings.profiles[0]?.name ?? '');
    if (wroteCode) await this.#settings.selectProfile('', 'edit');
    const undo = vscode.l10n.t('Undo');
    const message = vscode.l10n.t(
      'The profile “{0}” is removed; a stored key stays until it is forgotten.',
      profile.name,
    );
    const restore = async (): Promise<void> => {
      if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
      await this.#settings.writeProfiles(before);
      if (wasActive) await this.#settings.selectProfile(profile.name);
      if (wroteCode) await this.#settings.selectProfile(profile.name, 'edit');
    };
    void restore();
  }

  /** @param file Where from; absent: the user is asked. */
  async importFile(file?: unknown): Promise<void> {
    const { importProfiles } = await import('./profileTransfer.ts');
    await importProfiles(this.#settings, file instanceof vscode.Uri ? file : undefined);
  }

  /** @param file Where to; absent: the user is asked. */
  async exportFile(file?: unknown): Promise<void> {
    const { exportProfiles } = await import('./profileTransfer.ts');
    await exportProfiles(this.#settings, file instanceof vscode.Uri ? file : undefined);
  }

  async edit(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
      revealSetting: { key: 'askance.profiles' },
    });
  }

  #profile(name: string): Profile {
    return this.#settings.profiles.find((profile) => profile.name === name) ?? selectedProfile(this.#settings);
  }

  async #change(name: string, change: (fields: object) => object): Promise<void> {
    const changed = this.#settings.writtenProfiles.map((written) =>
      isNamed(written, name) ? change(Object(written)) : written,
    );
    await this.#settings.writeProfiles(changed);
  }
}

function isNamed(written: unknown, name: string): boolean {
  return typeof written === 'object' && written !== null && 'name' in written && written.name === name;
}
