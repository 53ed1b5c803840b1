import * as vscode from 'vscode';
import { sameUri } from './sameUri.ts';

/** The document of the file if it is open, however the case of its path is written where that does not count. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => sameUri(document.uri, uri));
}
