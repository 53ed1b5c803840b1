import * as vscode from 'vscode';
import { keyValue } from '../api/headers.ts';

/** Says what is wrong with a key, or nothing if a header can hold it. */
export function checkKey(key: string): string | undefined {
  return keyValue.test(key) ? undefined : vscode.l10n.t("API keys can't contain spaces or special characters.");
}
