import * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import { displayPath } from './displayPath.ts';
import type { Captured } from './selection.ts';
import { lineNumbers } from './selection.ts';

/**
 * Finds code that is no longer tracked, for example after a reload: at its old location, else where its text occurs
 * exactly once. Throws one sentence if it isn't found.
 */
export async function relocate(attachment: CodeAttachment): Promise<Captured> {
  const { uri, path, text, startLine } = attachment;
  const document = uri === undefined ? undefined : await opened(vscode.Uri.parse(uri));
  if (!document) throw new Error(vscode.l10n.t('{0} can no longer be opened.', path));
  const all = document.getText();
  const line = document.offsetAt(new vscode.Position(startLine - 1, 0));
  const near = all.indexOf(text, line);
  const isInPlace = near >= 0 && document.positionAt(near).line === startLine - 1;
  const first = all.indexOf(text);
  const start = isInPlace ? near : first === all.lastIndexOf(text) ? first : -1;
  if (start < 0 || text === '') {
    throw new Error(vscode.l10n.t('This code has changed in {0} since it was attached.', displayPath(document.uri)));
  }
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
  const [from, to] = lineNumbers(range);
  return { attachment: { ...attachment, startLine: from, endLine: to }, document, range };
}

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
