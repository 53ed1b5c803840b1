import * as vscode from 'vscode';
import { normalUri } from './normalUri.ts';
import type { ContextSource } from './source.ts';

/** The sources dropped on the page. Throws one sentence if none is readable. */
export function droppedSources(uris: readonly string[]): readonly ContextSource[] {
  if (uris.length === 0) {
    throw new Error(
      vscode.l10n.t('Only files from VS Code can be dropped here. Drag them from the Explorer or an editor tab.'),
    );
  }
  return uris.map((uri) => ({ kind: 'file', uri: hostUri(vscode.Uri.parse(uri)) }));
}

/** The pasted sources; undefined unless each path is a file or a folder. */
export async function pastedSources(paths: readonly string[]): Promise<readonly ContextSource[] | undefined> {
  const uris = await Promise.all(paths.map((path) => existing(path.trim().replace(/^"(.*)"$/, '$1'))));
  const found = uris.filter((uri) => uri !== undefined);
  return found.length === uris.length ? found.map((uri) => ({ kind: 'file', uri })) : undefined;
}

/** The page has URIs of the window; the extension runs where the files are. */
function hostUri(uri: vscode.Uri): vscode.Uri {
  return normalUri(uri.scheme === 'vscode-remote' ? vscode.Uri.file(uri.path) : uri);
}

async function existing(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of candidates(path)) {
    try {
      await vscode.workspace.fs.stat(uri);
      return uri;
    } catch {
      // It may be relative to another folder.
    }
  }
  return undefined;
}

/** The candidates for a path; an absolute one is on the workspace's file system. */
function candidates(path: string): readonly vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (/^[\w-]+:\/\//.test(path)) return [hostUri(vscode.Uri.parse(path))];
  if (/^(?:[a-z]:)?[\\/]/i.test(path)) {
    const uri = vscode.Uri.file(path);
    const place = folders[0]?.uri;
    // The host of a share is in the path itself.
    if (!place || place.scheme === 'file') return [uri];
    return [uri.with({ scheme: place.scheme, authority: place.authority })];
  }
  const slashed = path.replaceAll('\\', '/');
  const inNamedFolder = folders
    .filter(({ name }) => slashed.startsWith(`${name}/`))
    .map(({ uri, name }) => vscode.Uri.joinPath(uri, slashed.slice(name.length + 1)));
  return [...folders.map(({ uri }) => vscode.Uri.joinPath(uri, slashed)), ...inNamedFolder];
}
