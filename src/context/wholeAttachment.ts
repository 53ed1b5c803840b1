import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { displayPath } from './displayPath.ts';

/** Creates a whole attachment for a URI. */
export function wholeAttachment(
  kind: WholeAttachment['kind'],
  uri: vscode.Uri,
  description: string,
  text: string,
  languageId = '',
): WholeAttachment {
  return { id: randomUUID(), kind, uri: uri.toString(), path: displayPath(uri), description, languageId, text };
}
