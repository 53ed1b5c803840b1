import * as vscode from 'vscode';
import type { Profile } from '../api/profile.ts';
import type { Settings } from '../settings.ts';

export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:askance.askance');
}

export function noProfileMessage(): string {
  return vscode.l10n.t('There is no profile yet. Use “Askance: Connect to an endpoint” first.');
}

/** The profile that answers. Throws what the user is to be told where there is none. */
export function selectedProfile(settings: Settings): Profile {
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
