import * as vscode from 'vscode';
import { displayPath } from './displayPath.ts';
import type { Exclusions } from './exclusions.ts';

/** Most files that are listed. */
const mostFiles = 20_000;
/** Most files that a query returns. */
const mostMatches = 200;

/** A file or a folder of the workspace. */
export interface WorkspaceEntry {
  readonly kind: 'file' | 'folder';
  readonly uri: vscode.Uri;
  readonly path: string;
}

export interface WorkspaceEntries {
  readonly entries: readonly WorkspaceEntry[];
  /** Whether the workspace has no more entries. */
  readonly isWhole: boolean;
}

/** The workspace's files and folders, without those excluded from search, secret, or ignored by Git. */
export async function workspaceEntries(exclusions: Exclusions): Promise<WorkspaceEntries> {
  const uris = await vscode.workspace.findFiles('**/*', searchExclude(), mostFiles);
  const files = await attachable(uris, exclusions);
  return { entries: [...files.map(fileEntry), ...foldersOf(files)], isWhole: uris.length < mostFiles };
}

/** Files whose path contains the query, for a workspace too large to list. */
export async function matchingEntries(query: string, exclusions: Exclusions): Promise<readonly WorkspaceEntry[]> {
  const uris = await vscode.workspace.findFiles(`**/*${globOf(query)}*`, searchExclude(), mostMatches);
  return (await attachable(uris, exclusions)).map(fileEntry);
}

async function attachable(uris: readonly vscode.Uri[], exclusions: Exclusions): Promise<readonly vscode.Uri[]> {
  const reasons = await exclusions.reasons(uris.map((uri) => ({ uri, isFolder: false })));
  // Unchecked ones are offered; the user is asked when they are attached.
  return uris.filter((_, index) => reasons[index] === undefined || reasons[index] === 'unchecked');
}

function fileEntry(uri: vscode.Uri): WorkspaceEntry {
  return { kind: 'file', uri, path: displayPath(uri) };
}

/** A glob for the end of a path that ignores case and slash direction; glob characters become wildcards. */
function globOf(query: string): string {
  const name = query.slice(Math.max(query.lastIndexOf('/'), query.lastIndexOf('\\')) + 1);
  return Array.from(name, (character) => {
    const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
    if (/[^\p{L}\p{N}._-]/u.test(character)) return '?';
    return lower === upper || lower.length !== 1 || upper.length !== 1 ? character : `[${lower}${upper}]`;
  }).join('');
}

function foldersOf(files: readonly vscode.Uri[]): readonly WorkspaceEntry[] {
  const folders = new Map<string, WorkspaceEntry>();
  for (const file of files) {
    // VS Code writes the root of a share or a drive with or without a trailing slash.
    const root = vscode.workspace.getWorkspaceFolder(file)?.uri.path.replace(/\/$/, '') ?? file.path;
    let uri = vscode.Uri.joinPath(file, '..');
    while (uri.path.length > root.length + 1 && !folders.has(uri.toString())) {
      folders.set(uri.toString(), { kind: 'folder', uri, path: displayPath(uri) });
      uri = vscode.Uri.joinPath(uri, '..');
    }
  }
  return [...folders.values()];
}

/** `findFiles` applies `files.exclude` on its own, but not `search.exclude`. */
function searchExclude(): string {
  const excluded = vscode.workspace.getConfiguration('search').get<unknown>('exclude');
  const patterns = Object.entries(typeof excluded === 'object' && excluded !== null ? excluded : {})
    .filter(([, value]) => value === true)
    .map(([pattern]) => pattern);
  return `{${['**/.git', '**/node_modules', ...patterns].join(',')}}`;
}
