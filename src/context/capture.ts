import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { captureContext, type Captured } from './selection.ts';
import { captureTerminalSelection } from './terminalSelection.ts';
import { captureChanges } from './changes.ts';
import type { Exclusions } from './exclusions.ts';
import { captureFile, statOf } from './files.ts';
import { captureFolder } from './folders.ts';
import { captureProblems } from './problems.ts';
import { openDocument } from './openDocument.ts';
import type { ContextSource } from './source.ts';

/** A source that is read as one thing, or as what the user means in an editor. */
export type OneSource = Exclude<ContextSource, { kind: 'openEditors' }>;

/** Code with its location, or a whole attachment. */
export type CapturedContext = Captured | { readonly attachment: WholeAttachment };

/** Reads a source. Throws one sentence if there is nothing to attach. */
export async function capture(source: OneSource, exclusions: Exclusions): Promise<readonly CapturedContext[]> {
  if (source.kind !== 'selection') return [{ attachment: await captureWhole(source, exclusions) }];
  // A chat in an editor tab is no text editor, so an editor next to it is meant.
  const found = await captureContext(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]);
  if (found.kind === 'nothing') throw new Error(found.reason);
  return found.captured;
}

/** Reads a whole attachment; a file's URI may turn out to be a folder's. */
export async function captureWhole(
  source: Exclude<OneSource, { kind: 'selection' }>,
  exclusions: Exclusions,
): Promise<WholeAttachment> {
  switch (source.kind) {
    case 'terminal':
      return captureTerminalSelection();
    case 'file':
      return (await isFolder(source.uri)) ? captureFolder(source.uri, exclusions) : captureFile(source.uri);
    case 'folder':
      return captureFolder(source.uri, exclusions);
    case 'problems':
      return captureProblems(source.uri);
    case 'stagedChanges':
    case 'workingChanges':
      return captureChanges(source.kind, source.uri);
    case 'instructions':
      return captureFile(source.uri, 'instructions');
    default:
      return source satisfies never;
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return !openDocument(uri) && ((await statOf(uri)).type & vscode.FileType.Directory) !== 0;
}
