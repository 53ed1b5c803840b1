import * as vscode from 'vscode';
import { displayPath } from '../context/displayPath.ts';
import { normalUri } from '../context/normalUri.ts';
import type { ConversationRecord } from '../conversation/history/record.ts';
import type { Attachment } from '../prompt/context.ts';

/**
 * Sanitizes an imported conversation. Its file must not decide which files of this machine are opened or edited: URIs
 * outside the open workspace are dropped, and the others get their true path as label.
 */
export function importedRecord(record: ConversationRecord): ConversationRecord {
  return {
    ...record,
    turns: record.turns.map((turn) => ({ ...turn, attachments: turn.attachments.map(imported) })),
  };
}

function imported<Kind extends Attachment>(attachment: Kind): Kind {
  const { uri, ...rest } = attachment;
  const place = uri === undefined ? undefined : workspacePlace(uri);
  // Without its URI, an attachment is only its text.
  return (place ? { ...rest, uri: place.toString(), path: displayPath(place) } : rest) as Kind;
}

function workspacePlace(uri: string): vscode.Uri | undefined {
  try {
    const place = normalUri(vscode.Uri.parse(uri, true));
    return vscode.workspace.getWorkspaceFolder(place) && place;
  } catch {
    return undefined;
  }
}
