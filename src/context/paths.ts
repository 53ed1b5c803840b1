import * as vscode from 'vscode';
import { normalUri } from './normalUri.ts';
import type { ContextSource } from './source.ts';

/** What was dropped on the page. Throws one sentence where that is nothing that can be read. */
export function droppedSources(uris: readonly string[]): readonly ContextSource[] {
  if (uris.length === 0) {
    throw new Error(
      vscode.l10n.t('Only files from VS Code can be dropped here. Drag them from the Explorer or an editor tab.'),
    );
  }
  return uris.map((uri) => ({ kind: 'file', uri: hostUri(vscode.Uri.parse(uri)) }));
}

/** What was pasted; undefined where not every path leads to a file or a folder. */
export async function pastedSources(paths: readonly string[]): Promise<readonly ContextSource[] | undefined> {
  const uris = await Promise.all(paths.map((path) => existing(path.trim().replace(/^"(.*)"$/, '$1'))));
  const found = uris.filter((uri) => uri !== undefined);
  return found.length === uris.length ? found.map((uri) => ({ kind: 'file', uri })) : undefined;
}

/** The page names files as the window sees them; the extension runs where they are. */
function hostUri(uri: vscode.Uri): vscode.Uri {
  return normalUri(uri.scheme === 'vscode-remote' ? vscode.Uri.file(uri.path) : uri);
}

async function existing(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of meant(path)) {
    try {
      await vscode.workspace.fs.stat(uri);
      return uri;
    } catch {
      // It may be meant from another folder.
    }
  }
  return undefined;
}

/** Where the path may lead: a path from the root is one of the workspace's file system. */
function meant(path: string): readonly vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (/^[\w-]+:\/\//.test(path)) return [hostUri(vscode.Uri.parse(path))];
  if (/^(?:[a-z]:)?[\\/]/i.test(path)) {
    const uri = vscode.Uri.file(path);
    const place = folders[0]?.uri;
    // The host of a share stands in the path itself.
    if (!place || place.scheme === 'file') return [uri];
    return [uri.with({ scheme: place.scheme, authority: place.authority })];
  }
  const slashed = path.replaceAll('\\', '/');
  const inNamedFolder = folders
    .filter(({ name }) => slashed.startsWith(`${name}/`))
    .map(({ uri, name }) => vscode.Uri.joinPath(uri, slashed.slice(name.length + 1)));
  return [...folders.map(({ uri }) => vscode.Uri.joinPath(uri, slashed)), ...inNamedFolder];
}
