import * as vscode from 'vscode';
import { keyValue } from '../api/headers.ts';

/** The error of a key that can't be sent in a header; undefined if it is valid. */
export function checkKey(key: string): string | undefined {
  return keyValue.test(key) ? undefined : vscode.l10n.t("API keys can't contain spaces or special characters.");
}
