import type * as vscode from 'vscode';

/** The path below the folder that holds the file; without one, below the root of the file's own drive or file system. */
export function pathBelow(folder: vscode.Uri | undefined, { path }: vscode.Uri): string {
  const below = folder ? `${folder.path.replace(/\/$/, '')}/` : '';
  // VS Code said that the folder holds the file. Where the file system ignores case, they may be written differently.
  if (below !== '' && path.slice(0, below.length).toLowerCase() === below.toLowerCase())
    return path.slice(below.length);
  return path.replace(/^[/\\]*(?:[a-z]:[/\\]+)?/i, '');
}
