import * as vscode from 'vscode';
import { sameUri } from './sameUri.ts';

/** The open document of the file; ignores the path's case on case-insensitive file systems. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => sameUri(document.uri, uri));
}
