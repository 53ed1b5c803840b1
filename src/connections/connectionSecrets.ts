import * as vscode from 'vscode';
import { fieldValue } from '../api/headers.ts';
import { references, secretName } from '../api/references.ts';
import { requestUrl } from '../api/url.ts';
import { keyIn } from '../api/pastedKey.ts';
import { checkKey } from './keyCheck.ts';
import { requireConnection } from './requireConnection.ts';
import type { Settings } from '../settings/settings.ts';
import { showInformation } from '../window/notifications.ts';
import { askText } from '../window/pickers.ts';

/**
 * Asks for the key of a connection's endpoint and stores it in VS Code's secret storage.
 * @returns whether one was stored.
 */
export async function setApiKey(settings: Settings, connection = requireConnection(settings)): Promise<boolean> {
  const { origin } = requestUrl(connection);
  const key = await askText({
    title: vscode.l10n.t('API key for {0}', origin),
    prompt: vscode.l10n.t('Stored by VS Code and sent only to {0}.', origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => checkKey(keyIn(value)),
  });
  if (!key?.trim()) return false;
  await settings.storeApiKey(connection, keyIn(key));
  return true;
}

/** Deletes the stored key of the active connection's endpoint. */
export async function forgetApiKey(settings: Settings): Promise<void> {
  const connection = requireConnection(settings);
  await settings.forgetApiKey(connection);
  const { origin } = requestUrl(connection);
  void showInformation(vscode.l10n.t('Deleted the API key for {0}.', origin));
}

/**
 * Asks for a secret that a connection's headers use, and stores it for the endpoint's origin.
 * @param wanted Its name; undefined: the user is asked.
 * @returns whether one was stored.
 */
export async function setSecret(
  settings: Settings,
  wanted?: string,
  connection = requireConnection(settings),
): Promise<boolean> {
  const { origin } = requestUrl(connection);
  const named = Object.values(connection.headers)
    .flatMap((value) => references(value))
    .flatMap((reference) => (reference.kind === 'secret' ? [reference.name] : []));
  const name = wanted ?? (named.length === 1 ? named[0] : await askName(origin, named));
  if (name === undefined) return false;
  const value = await askText({
    title: vscode.l10n.t('Header secret {0} for {1}', name, origin),
    prompt: vscode.l10n.t(
      'Stored by VS Code and sent only to {0}, in headers that contain {1}.',
      origin,
      `\${secret:${name}}`,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      fieldValue.test(text)
        ? undefined
        : vscode.l10n.t("A header can't contain line breaks or characters outside Latin-1."),
  });
  if (!value) return false;
  await settings.storeSecret(connection, name, value);
  return true;
}

function askName(origin: string, named: readonly string[]): Promise<string | undefined> {
  return askText({
    title: vscode.l10n.t('Name of the header secret for {0}', origin),
    prompt: vscode.l10n.t('Use it in a header of the connection as {0}.', '${secret:NAME}'),
    value: named[0] ?? '',
    ignoreFocusOut: true,
    validateInput: (text) =>
      secretName.test(text)
        ? undefined
        : vscode.l10n.t("A name can contain only letters, digits and underscores, and can't start with a digit."),
  });
}
