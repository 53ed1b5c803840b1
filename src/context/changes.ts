import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { displayPath } from './displayPath.ts';
import { gitRepositories } from './git.ts';
import { changesName } from './changesName.ts';
import { largestText, tooLarge } from './limits.ts';
import { wholeAttachment } from './wholeAttachment.ts';

/** The staged or unstaged changes of a repository. Throws one sentence if there are none. */
export async function captureChanges(
  kind: 'stagedChanges' | 'workingChanges',
  root: vscode.Uri,
): Promise<WholeAttachment> {
  const repository = (await gitRepositories()).find(({ rootUri }) => rootUri.toString() === root.toString());
  if (!repository) {
    throw new Error(vscode.l10n.t("{0} isn't open as a Git repository in VS Code.", displayPath(root)));
  }
  const staged = kind === 'stagedChanges';
  const diff = await repository.diff(staged);
  if (diff.trim() === '') {
    throw new Error(
      staged
        ? vscode.l10n.t('Nothing is staged in {0}.', displayPath(root))
        : vscode.l10n.t('There are no unstaged changes in {0}.', displayPath(root)),
    );
  }
  if (diff.length > largestText) throw tooLarge(displayPath(root), diff.length);
  return wholeAttachment(kind, root, changesName(kind), diff, 'diff');
}
