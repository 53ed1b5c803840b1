import type * as vscode from 'vscode';

/**
 * The path relative to the folder that contains the file; without one, relative to the root of its drive or file
 * system.
 */
export function pathBelow(folder: vscode.Uri | undefined, { path }: vscode.Uri): string {
  const below = folder ? `${folder.path.replace(/\/$/, '')}/` : '';
  // VS Code said that the folder contains the file. On a case-insensitive file system their spelling may differ.
  if (below !== '' && path.slice(0, below.length).toLowerCase() === below.toLowerCase())
    return path.slice(below.length);
  return path.replace(/^[/\\]*(?:[a-z]:[/\\]+)?/i, '');
}
