import * as vscode from 'vscode';
import { displayPath } from './displayPath.ts';
import type { Exclusions } from './exclusions.ts';

/** Most files that are looked through. */
const mostFiles = 20_000;

/** A file or a folder of the workspace. */
export interface WorkspaceEntry {
  readonly kind: 'file' | 'folder';
  readonly uri: vscode.Uri;
  readonly path: string;
}

/** The files of the workspace and their folders, without what is excluded from searches, secret, or ignored by git. */
export async function workspaceEntries(exclusions: Exclusions): Promise<readonly WorkspaceEntry[]> {
  const uris = await vscode.workspace.findFiles('**/*', searchExclude(), mostFiles);
  const reasons = await exclusions.reasons(uris.map((uri) => ({ uri, isFolder: false })));
  // What could not be checked is offered, and asked about when it is attached.
  const files = uris.filter((_, index) => reasons[index] === undefined || reasons[index] === 'unchecked');
  const entries = files.map((uri): WorkspaceEntry => ({ kind: 'file', uri, path: displayPath(uri) }));
  return [...entries, ...foldersOf(files)];
}

function foldersOf(files: readonly vscode.Uri[]): readonly WorkspaceEntry[] {
  const folders = new Map<string, WorkspaceEntry>();
  const roots = new Set(vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()));
  for (const file of files) {
    let uri = vscode.Uri.joinPath(file, '..');
    while (!roots.has(uri.toString()) && !folders.has(uri.toString()) && uri.path !== '/') {
      folders.set(uri.toString(), { kind: 'folder', uri, path: displayPath(uri) });
      uri = vscode.Uri.joinPath(uri, '..');
    }
  }
  return [...folders.values()];
}

/** `findFiles` heeds `files.exclude` by itself, and `search.exclude` not. */
function searchExclude(): string {
  const excluded = vscode.workspace.getConfiguration('search').get<unknown>('exclude');
  const patterns = Object.entries(typeof excluded === 'object' && excluded !== null ? excluded : {})
    .filter(([, value]) => value === true)
    .map(([pattern]) => pattern);
  return `{${['**/.git', '**/node_modules', ...patterns].join(',')}}`;
}
