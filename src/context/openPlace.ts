import * as vscode from 'vscode';
import type { Attachment } from '../prompt/context.ts';
import type { Anchor } from '../documents/anchor.ts';
import { displayPath } from './displayPath.ts';
import { statOf } from './files.ts';
import { relocate } from './relocate.ts';

/** Opens the attachment's location. Throws one sentence if it is gone. */
export async function openPlace(attachment: Attachment, anchor: Anchor | undefined): Promise<void> {
  if (attachment.uri === undefined) {
    if (attachment.kind === 'terminal') return vscode.window.activeTerminal?.show();
    throw new Error(vscode.l10n.t('The location of this context is no longer known.'));
  }
  const uri = vscode.Uri.parse(attachment.uri);
  if (attachment.kind === 'code') {
    const { startLine, endLine } = attachment;
    const place = anchor ?? (await relocate(attachment).catch(asError));
    const isKnown = !(place instanceof Error);
    await show(uri, isKnown ? place.range : new vscode.Range(startLine - 1, 0, endLine, 0));
    if (!isKnown) throw place;
    return;
  }
  const { kind } = attachment;
  switch (kind) {
    case 'file':
    case 'terminal':
    case 'instructions':
      await show(uri);
      return;
    case 'problems':
      await show(uri, vscode.languages.getDiagnostics(uri)[0]?.range);
      return;
    case 'folder':
      await statOf(uri);
      await vscode.commands.executeCommand('revealInExplorer', uri);
      return;
    case 'stagedChanges':
    case 'workingChanges':
      await vscode.commands.executeCommand('workbench.view.scm');
      return;
    default:
      kind satisfies never;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function show(uri: vscode.Uri, selection?: vscode.Range): Promise<void> {
  try {
    await vscode.window.showTextDocument(uri, selection && { selection });
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} can no longer be opened.', displayPath(uri)), { cause: error });
  }
}
