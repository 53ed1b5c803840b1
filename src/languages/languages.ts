import * as vscode from 'vscode';
import { LanguageNames } from './languageNames.ts';
import { pickOne } from '../window/pickers.ts';

/** The languages that VS Code knows now. */
export function installedLanguages(): LanguageNames {
  const extensions = vscode.extensions.all.map(({ packageJSON }) => ({
    root: undefined,
    manifest: packageJSON as unknown,
  }));
  return new LanguageNames(extensions);
}

export interface Language {
  readonly id: string;
  readonly title: string;
}

/** Asks for a language other than `except`; undefined if cancelled. */
export async function pickLanguage(title: string, except: string): Promise<Language | undefined> {
  const items = installedLanguages()
    .all.filter(([id]) => id !== except)
    .map(([id, label]) => ({ id, label, description: id }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const picked = await pickOne(items, { title, matchOnDescription: true });
  return picked && { id: picked.id, title: picked.label };
}
