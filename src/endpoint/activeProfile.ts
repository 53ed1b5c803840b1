import * as vscode from 'vscode';
import type { Profile } from '../api/profile.ts';
import type { Purpose, Settings } from '../settings.ts';

export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:askance.askance');
}

export function noProfileMessage(): string {
  return vscode.l10n.t('There is no profile yet. Use “Askance: Connect to an endpoint” first.');
}

/**
 * The profile that answers, or writes code. Throws what the user is to be told where there is none.
 * @param name Of a profile that was chosen for this alone; one that is gone: the one for the purpose.
 */
export function selectedProfile(settings: Settings, purpose: Purpose = 'chat', name?: string): Profile {
  const named = settings.profiles.find((profile) => profile.name === name);
  if (named) return named;
  const active = settings.profileFor(purpose);
  switch (active.kind) {
    case 'profile':
      return active.profile;
    case 'noProfile':
      throw new Error(noProfileMessage());
    case 'badSettings':
      throw new Error(active.problems.join(' '));
  }
}
