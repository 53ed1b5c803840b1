import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import type { ExcludePatterns } from '../settings/settings.ts';
import { confirmed } from './attachContext.ts';
import { Exclusions } from './exclusions.ts';
import { captureFile } from './files.ts';

/** `AGENTS.md` of each folder of the workspace that has one. None in a workspace that is not trusted. */
export async function captureInstructions(
  exclude: ExcludePatterns,
): Promise<readonly { readonly attachment: WholeAttachment }[]> {
  if (!vscode.workspace.isTrusted) return [];
  const found = await Promise.allSettled(
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
      captureFile(vscode.Uri.joinPath(uri, 'AGENTS.md'), 'instructions'),
    ),
  );
  const captured = found.flatMap((result) => (result.status === 'fulfilled' ? [{ attachment: result.value }] : []));
  return confirmed(captured, new Exclusions(exclude), 'askance');
}
