import * as vscode from 'vscode';
import { keyOf } from '../documents/editKeys.ts';
import type { Proposal } from '../documents/proposal.ts';
import type { FollowUps, Review } from '../documents/review.ts';
import { pickOne } from '../window/pickers.ts';

/** A command of Askance that can be picked, and what it is called with. */
interface EditCommand extends vscode.QuickPickItem {
  readonly command: string;
  readonly args: readonly (number | string)[];
}

/** Shows what else can be done with an edit under review, and does it. @param hunkId Of the change that is meant. */
export async function pickReviewCommand(review: Review, hunkId: number | undefined): Promise<void> {
  const { id, hunks, followUps } = review;
  const hunk = hunkId === undefined ? undefined : hunks.withId(hunkId);
  const ofChange =
    hunk && hunks.all.length > 1
      ? [
          item(vscode.l10n.t('Keep this change'), 'keepEdit', [id, hunk.id], keyOf('keepChange')),
          item(vscode.l10n.t('Undo this change'), 'undoEdit', [id, hunk.id], keyOf('undoChange')),
        ]
      : [];
  const removed = hunk ? hunk.removed > 0 && [id, hunk.id] : hunks.all.some((one) => one.removed > 0) && [id];
  await pick([
    ...ofChange,
    ...(removed
      ? [item(vscode.l10n.t('Show removed lines'), 'showRemovedLines', removed, keyOf('showRemovedLines'))]
      : []),
    item(vscode.l10n.t('Compare with original'), 'compareEdit', [id]),
    ...followUpCommands(followUps, id),
  ]);
}

/** Shows what else can be done with proposed code, and does it. */
export async function pickProposalCommand({ uri, followUps }: Proposal): Promise<void> {
  await pick(followUpCommands(followUps, uri.toString()));
}

/** The ways to another version of the code. */
function followUpCommands(followUps: FollowUps | undefined, edit: number | string): readonly EditCommand[] {
  if (!followUps) return [];
  return [
    item(vscode.l10n.t('Refine…'), 'refineEdit', [edit]),
    item(vscode.l10n.t('Retry'), 'retryEdit', [edit]),
    ...(followUps.retryWith ? [item(vscode.l10n.t('Retry with…'), 'retryEditWith', [edit])] : []),
  ];
}

function item(label: string, command: string, args: EditCommand['args'], description = ''): EditCommand {
  return { label, command, args, description };
}

async function pick(commands: readonly EditCommand[]): Promise<void> {
  const picked = await pickOne(commands, { title: vscode.l10n.t('This edit') });
  if (picked) await vscode.commands.executeCommand(`askance.${picked.command}`, ...picked.args);
}
