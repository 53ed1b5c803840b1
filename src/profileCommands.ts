import * as vscode from 'vscode';
import type { Profile } from './api/profile.ts';
import { completionsUrl } from './api/url.ts';
import type { Settings } from './settings.ts';

/** Lets the user choose the profile that answers from now on. */
export async function selectProfile(settings: Settings): Promise<void> {
  const { profiles } = settings;
  if (profiles.length === 0) return openSettings();
  const active = settings.activeProfile;
  const items = profiles.map((profile) => ({
    label: profile.name,
    description: profile.model,
    detail: completionsUrl(profile.baseUrl).href,
    picked: active.kind === 'profile' && active.profile.name === profile.name,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Select the profile that answers') });
  if (picked) await settings.selectProfile(picked.label);
}

/** Asks for the key of the active profile's endpoint and stores it where VS Code keeps secrets. */
export async function setApiKey(settings: Settings): Promise<void> {
  const profile = activeProfile(settings);
  const { origin } = completionsUrl(profile.baseUrl);
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('API key for {0}', origin),
    prompt: vscode.l10n.t('Stored by VS Code, and sent to {0} alone.', origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\u0021-\u007e]*$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('A key has no spaces and no special characters.'),
  });
  if (key?.trim()) await settings.storeApiKey(profile, key.trim());
}

/** Deletes the stored key of the active profile's endpoint. */
export async function forgetApiKey(settings: Settings): Promise<void> {
  const profile = activeProfile(settings);
  await settings.forgetApiKey(profile);
  const { origin } = completionsUrl(profile.baseUrl);
  void vscode.window.showInformationMessage(vscode.l10n.t('The key for {0} is forgotten.', origin));
}

export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:askance.askance');
}

export function noProfileMessage(): string {
  return vscode.l10n.t('There is no profile yet. Use “Askance: Connect to an endpoint” first.');
}

function activeProfile(settings: Settings): Profile {
  const active = settings.activeProfile;
  switch (active.kind) {
    case 'profile':
      return active.profile;
    case 'noProfile':
      throw new Error(noProfileMessage());
    case 'badSettings':
      throw new Error(active.problems.join(' '));
  }
}
