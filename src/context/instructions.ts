import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { captureFile } from './files.ts';

/** `AGENTS.md` of each folder of the workspace that has one. None in a workspace that is not trusted. */
export async function captureInstructions(): Promise<readonly WholeAttachment[]> {
  if (!vscode.workspace.isTrusted) return [];
  const found = await Promise.allSettled(
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
      captureFile(vscode.Uri.joinPath(uri, 'AGENTS.md'), 'instructions'),
    ),
  );
  return found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
