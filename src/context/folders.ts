import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { displayPath } from './displayPath.ts';
import type { Exclusions } from './exclusions.ts';
import { statOf } from './files.ts';
import { wholeAttachment } from './wholeAttachment.ts';

/** Most entries in a listing. */
const mostEntries = 2000;

/** The names in the folder and its subfolders as an indented tree, without excluded and ignored ones. */
export async function captureFolder(uri: vscode.Uri, exclusions: Exclusions): Promise<WholeAttachment> {
  await statOf(uri);
  const lines: string[] = [];
  const complete = await list(uri, '', lines, exclusions);
  if (lines.length === 0) throw new Error(vscode.l10n.t('{0} has no files to list.', displayPath(uri)));
  const description = complete ? vscode.l10n.t('Folder') : vscode.l10n.t('Folder, first {0} entries', mostEntries);
  const text = complete ? lines.join('\n') : [...lines, '…'].join('\n');
  return wholeAttachment('folder', uri, description, text);
}

/** @returns whether the list is complete. */
async function list(folder: vscode.Uri, indent: string, lines: string[], exclusions: Exclusions): Promise<boolean> {
  const entries = (await vscode.workspace.fs.readDirectory(folder))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name]) => name !== '.git')
    .map(([name, type]) => ({
      name,
      uri: vscode.Uri.joinPath(folder, name),
      isFolder: (type & vscode.FileType.Directory) !== 0,
      isLink: (type & vscode.FileType.SymbolicLink) !== 0,
    }));
  const reasons = await exclusions.reasons(entries);
  for (const [index, { name, uri, isFolder, isLink }] of entries.entries()) {
    if (reasons[index] !== undefined) continue;
    if (lines.length === mostEntries) return false;
    lines.push(`${indent}${name}${isFolder ? '/' : ''}`);
    // A link may form a cycle.
    if (isFolder && !isLink && !(await list(uri, `${indent}  `, lines, exclusions))) return false;
  }
  return true;
}
