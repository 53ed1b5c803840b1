import * as vscode from 'vscode';

/**
 * Relative to the workspace, prefixed by the folder's name in a multi-root workspace. A file of another revision, as in
 * the left editor of a diff, includes the revision: `src/a.ts (HEAD)`.
 */
export function displayPath(uri: vscode.Uri): string {
  const revision = revisionOf(uri);
  const path = vscode.workspace.asRelativePath(
    placeOf(uri, revision !== undefined),
    (vscode.workspace.workspaceFolders?.length ?? 0) > 1,
  );
  return revision === undefined ? path : `${path} (${revision})`;
}

/** The last segment of the path. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Where the file is or will be: a new document may already have the path it will be saved to. */
function placeOf(uri: vscode.Uri, isRevision: boolean): vscode.Uri {
  if (isRevision) {
    const { scheme = 'file', authority = '' } = vscode.workspace.workspaceFolders?.[0]?.uri ?? {};
    return vscode.Uri.from({ scheme, authority, path: gitQuery(uri).path ?? uri.path });
  }
  return uri.scheme === 'untitled' && uri.path.startsWith('/') ? uri.with({ scheme: 'file' }) : uri;
}

/** The revision that a document shows; undefined for the file itself. Git's own documents name it in their query. */
function revisionOf(uri: vscode.Uri): string | undefined {
  const { scheme } = uri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (scheme === 'git') return { '': 'index', '~': 'index' }[gitQuery(uri).ref ?? ''] ?? gitQuery(uri).ref;
  if (scheme === 'file' || scheme === 'untitled' || folders.some((folder) => folder.uri.scheme === scheme))
    return undefined;
  const isInFolder = folders.some((folder) => uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`));
  return isInFolder ? scheme : undefined;
}

function gitQuery({ query }: vscode.Uri): { readonly path?: string; readonly ref?: string } {
  try {
    const fields: unknown = JSON.parse(query);
    if (typeof fields !== 'object' || fields === null) return {};
    const { path, ref } = fields as Readonly<Record<string, unknown>>;
    return {
      ...(typeof path === 'string' && { path: vscode.Uri.file(path).path }),
      ...(typeof ref === 'string' && { ref: /^[\da-f]{40}$/.test(ref) ? ref.slice(0, 8) : ref }),
    };
  } catch {
    return {};
  }
}
