import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { exportedProfiles } from '../api/exportedProfile.ts';
import { asArray, asObject } from '../api/json.ts';
import { parseProfile, parseProfiles, type Profile } from '../api/profile.ts';
import { references } from '../api/references.ts';
import { completionsUrl } from '../api/url.ts';
import type { Settings } from '../settings.ts';
import { unusedName } from './unusedName.ts';

const filters = { JSON: ['json'] };

/**
 * Writes the profiles into a file, without keys and without what looks like one.
 * @param file Where to; absent: the user is asked.
 */
export async function exportProfiles(settings: Settings, file?: vscode.Uri): Promise<void> {
  const title = vscode.l10n.t('Export profiles, without keys');
  const target = file ?? (await vscode.window.showSaveDialog({ title, filters, saveLabel: vscode.l10n.t('Export') }));
  if (!target) return;
  const text = `${JSON.stringify(exportedProfiles(settings.writtenProfiles), undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

/**
 * Adds the profiles of a file, after the user has seen where each leads to. None of the own is replaced.
 * @param file Where from; absent: the user is asked.
 */
export async function importProfiles(settings: Settings, file?: vscode.Uri): Promise<void> {
  const title = vscode.l10n.t('Import profiles');
  const source = file ?? (await vscode.window.showOpenDialog({ title, filters, canSelectMany: false }))?.[0];
  if (!source) return;
  // It may be a settings.json, with comments.
  const content: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
  const list = asArray(content) ?? asArray(asObject(content)?.['askance.profiles']) ?? [];
  const { profiles, problems } = parseProfiles(list, vscode.l10n.t);
  if (profiles.length === 0) {
    throw new Error(vscode.l10n.t('The file holds no profile that can be used. {0}', problems.join(' ')).trim());
  }
  const add = vscode.l10n.t('Add');
  const detail = [...profiles.map(destination), ...problems].join('\n');
  const question = vscode.l10n.t('Add these profiles? Questions asked with one go to its address.');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, add)) !== add) return;
  const names = settings.profiles.map(({ name }) => name);
  const added = profiles.map(({ name }) => {
    const unused = unusedName(name, names);
    names.push(unused);
    return { ...list.map(asObject).find((written) => isProfile(written, name)), name: unused };
  });
  await settings.writeProfiles([...settings.writtenProfiles, ...added]);
}

/** Whether it is the one that was read under this name: one that cannot be used may have the same. */
function isProfile(written: unknown, name: string): boolean {
  const parsed = parseProfile(written, vscode.l10n.t);
  return parsed.kind === 'profile' && parsed.profile.name === name;
}

/** Where a profile leads to, and which variables of the environment it takes there. */
function destination({ name, baseUrl, headers, apiKeyEnv }: Profile): string {
  const variables = Object.values(headers)
    .flatMap((value) => references(value))
    .flatMap((reference) => (reference.kind === 'env' ? [reference.name] : []))
    .concat(apiKeyEnv ?? []);
  const { href } = completionsUrl(baseUrl);
  return variables.length === 0
    ? `${name}: ${href}`
    : vscode.l10n.t('{0}: {1}, with the environment’s {2}', name, href, variables.join(', '));
}
