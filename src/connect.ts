import * as vscode from 'vscode';
import { checkBaseUrl, completionsUrl } from './api/url.ts';
import { setApiKey } from './profileCommands.ts';
import type { Settings } from './settings.ts';

/** Adds a profile for an endpoint that the user names, and makes it the one that answers. */
export async function connect(settings: Settings): Promise<void> {
  const title = vscode.l10n.t('Connect to an endpoint');
  const baseUrl = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('URL of a Chat Completions API'),
    placeHolder: 'http://127.0.0.1:11434/v1',
    ignoreFocusOut: true,
    validateInput: (value) => checkBaseUrl(value.trim(), vscode.l10n.t),
  });
  if (baseUrl === undefined) return;
  const url = completionsUrl(baseUrl.trim());
  const model = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Name of the model. Questions go to {0}', url.href),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Type the name of a model.') : undefined),
  });
  if (model === undefined) return;
  const name = unusedName(
    url.host,
    settings.profiles.map((profile) => profile.name),
  );
  await settings.addProfile({ name, baseUrl: baseUrl.trim(), model: model.trim() });
  await settings.selectProfile(name);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!isLocal) await setApiKey(settings);
}

function unusedName(host: string, names: readonly string[]): string {
  let name = host;
  for (let count = 2; names.includes(name); count += 1) name = `${host} ${count}`;
  return name;
}
