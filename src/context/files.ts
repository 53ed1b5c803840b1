import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { baseName, displayPath } from './displayPath.ts';
import { largestText, tooLarge } from './limits.ts';
import { notebookAt, notebookText } from './notebooks.ts';
import { openDocument } from './openDocument.ts';
import { wholeAttachment } from './wholeAttachment.ts';

/** The file's current text: its editor's, saved or not, else the stored one. Throws one sentence. */
export async function captureFile(uri: vscode.Uri, kind: 'file' | 'instructions' = 'file'): Promise<WholeAttachment> {
  const notebook = kind === 'file' ? await notebookAt(uri) : undefined;
  if (notebook) return captureNotebook(notebook);
  const open = openDocument(uri);
  const text = open ? open.getText() : await storedText(uri);
  if (text.length > largestText) throw tooLarge(displayPath(uri), text.length);
  if (text.includes('\0')) throw binary(uri);
  if (text.trim() === '') throw new Error(vscode.l10n.t('{0} is empty.', displayPath(uri)));
  const description = kind === 'file' ? vscode.l10n.t('File') : vscode.l10n.t('Instructions');
  return wholeAttachment(kind, uri, description, text, open?.languageId ?? extension(uri));
}

function captureNotebook(notebook: vscode.NotebookDocument): WholeAttachment {
  const text = notebookText(notebook);
  if (text.length > largestText) throw tooLarge(displayPath(notebook.uri), text.length);
  return wholeAttachment('file', notebook.uri, vscode.l10n.t('Notebook'), text);
}

async function storedText(uri: vscode.Uri): Promise<string> {
  const { size, type } = await statOf(uri);
  // A device, for example, may be endless.
  if ((type & vscode.FileType.File) === 0) throw new Error(vscode.l10n.t("{0} can't be read.", displayPath(uri)));
  // A character takes up to four bytes.
  if (size > 4 * largestText) throw tooLarge(displayPath(uri), size);
  const bytes = await vscode.workspace.fs.readFile(uri);
  try {
    return await vscode.workspace.decode(bytes, { uri });
  } catch {
    throw binary(uri);
  }
}

/** Throws one sentence if there is nothing to read. */
export async function statOf(uri: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    throw new Error(
      isMissing
        ? vscode.l10n.t("{0} doesn't exist.", displayPath(uri))
        : vscode.l10n.t("{0} can't be read.", displayPath(uri)),
      { cause: error },
    );
  }
}

function binary(uri: vscode.Uri): Error {
  return new Error(vscode.l10n.t('{0} is a binary file. Only text can be attached.', displayPath(uri)));
}

/** The extension after the last dot, by which models know languages. */
function extension(uri: vscode.Uri): string {
  return /\.([\w+-]+)$/.exec(baseName(uri))?.[1]?.toLowerCase() ?? '';
}
