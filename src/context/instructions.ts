import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import type { ExcludePatterns } from '../settings/settings.ts';
import { confirmed } from './attachContext.ts';
import { Exclusions } from './exclusions.ts';
import { captureFile } from './files.ts';

/** The `AGENTS.md` of each workspace folder that has one; none in an untrusted workspace. */
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
