import * as vscode from 'vscode';
import { completionsUrl } from '../api/url.ts';
import type { ProfileActionName, ProfileActions } from './profileActions.ts';
import type { Purpose, Settings } from '../settings.ts';

interface ProfileItem extends vscode.QuickPickItem {
  /** Empty: for edits, the profile of the chat. */
  readonly profile: string;
}

type ProfileButton = vscode.QuickInputButton & { readonly run: ProfileActionName };

/** Lets the user choose the profile that answers, or writes code, from now on; its buttons change the profiles. */
export async function selectProfile(settings: Settings, actions: ProfileActions, purpose: Purpose): Promise<void> {
  const { profiles } = settings;
  if (profiles.length === 0) return actions.add();
  const picker = vscode.window.createQuickPick<ProfileItem>();
  picker.title =
    purpose === 'chat'
      ? vscode.l10n.t('Select the profile that answers')
      : vscode.l10n.t('Select the profile that writes code');
  picker.matchOnDescription = true;
  picker.items = profileItems(settings, purpose);
  picker.buttons = titleButtons();
  const active = settings.profileFor(purpose);
  const name = active.kind === 'profile' ? active.profile.name : '';
  picker.activeItems = picker.items.filter(({ profile }) => profile === name);
  const { promise, resolve } = Promise.withResolvers<() => Promise<void> | Thenable<void>>();
  picker.onDidTriggerButton((button) => resolve(() => runButton(actions, button, '')));
  picker.onDidTriggerItemButton(({ button, item }) => resolve(() => runButton(actions, button, item.profile)));
  picker.onDidHide(() => resolve(async () => {}));
  picker.onDidAccept(() => {
    const [item] = picker.selectedItems;
    if (item) resolve(() => settings.selectProfile(item.profile, purpose));
  });
  picker.show();
  try {
    const next = await promise;
    picker.hide();
    await next();
  } finally {
    picker.dispose();
  }
}

function profileItems(settings: Settings, purpose: Purpose): readonly ProfileItem[] {
  const same = {
    label: vscode.l10n.t('The same as in the chat'),
    profile: '',
  };
  const items = settings.profiles.map((profile) => ({
    label: profile.name,
    description: profile.model,
    detail: completionsUrl(profile.baseUrl).href,
    profile: profile.name,
    buttons: itemButtons(),
  }));
  return purpose === 'edit' ? [same, ...items] : items;
}

function itemButtons(): readonly ProfileButton[] {
  return [
    button('settings', vscode.l10n.t('Set its parameters'), 'setParameters'),
    button('beaker', vscode.l10n.t('Test it'), 'test'),
    button('copy', vscode.l10n.t('Duplicate it'), 'duplicate'),
    button('trash', vscode.l10n.t('Remove it'), 'remove'),
  ];
}

function titleButtons(): readonly ProfileButton[] {
  return [
    button('add', vscode.l10n.t('Connect to another endpoint'), 'add'),
    button('cloud-download', vscode.l10n.t('Import profiles'), 'importFile'),
    button('cloud-upload', vscode.l10n.t('Export profiles, without keys'), 'exportFile'),
    button('json', vscode.l10n.t('Edit them in settings.json'), 'edit'),
  ];
}

function button(icon: string, tooltip: string, run: ProfileActionName): ProfileButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip, run };
}

async function runButton(actions: ProfileActions, { run }: Partial<ProfileButton>, profile: string): Promise<void> {
  if (run !== undefined) await actions[run](profile);
}
