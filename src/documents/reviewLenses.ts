import * as vscode from 'vscode';
import type { OffsetRange } from './offsets.ts';
import type { FollowUps, Review, Writing } from './review.ts';
import { plural } from '../shared/plural.ts';

/** The code lenses above a review: its state and its actions. */
export function reviewLenses(review: Writing | Review): vscode.CodeLens[] {
  const { anchor, id } = review;
  const lens = (at: OffsetRange, title: string, command: string, hunkId?: number): vscode.CodeLens => {
    const position = anchor.document.positionAt(at.start);
    const args = hunkId === undefined ? [id] : [id, hunkId];
    return new vscode.CodeLens(new vscode.Range(position, position), {
      title,
      command: `askance.${command}`,
      arguments: args,
    });
  };
  switch (review.kind) {
    case 'writing': {
      const lines = plural(
        review.writer.lineCount,
        vscode.l10n.t('Askance is writing (1 line)'),
        vscode.l10n.t('Askance is writing ({0} lines)', review.writer.lineCount),
      );
      return [
        lens(anchor.offsets, `$(loading~spin) ${lines}`, 'undoReplacement'),
        lens(anchor.offsets, `$(debug-stop) ${vscode.l10n.t('Stop (Esc)')}`, 'undoReplacement'),
      ];
    }
    case 'review': {
      const hunks = review.hunks.all;
      const isOne = hunks.length === 1;
      const whole = (title: string, command: string) => lens(anchor.offsets, title, command);
      return [
        whole(`$(check) ${isOne ? vscode.l10n.t('Keep') : vscode.l10n.t('Keep all')}`, 'keepReplacement'),
        whole(`$(discard) ${isOne ? vscode.l10n.t('Undo') : vscode.l10n.t('Undo all')}`, 'undoReplacement'),
        ...(review.followUps ? followUpLenses(review.followUps, whole) : []),
        whole(`$(diff) ${vscode.l10n.t('Compare')}`, 'compareReplacement'),
        ...(isOne
          ? []
          : hunks.flatMap((hunk) => [
              lens(hunk, `$(check) ${vscode.l10n.t('Keep')}`, 'keepReplacement', hunk.id),
              lens(hunk, `$(discard) ${vscode.l10n.t('Undo')}`, 'undoReplacement', hunk.id),
            ])),
      ];
    }
    default:
      return review satisfies never;
  }
}

/** The actions for another version of the code. */
export function followUpLenses(
  followUps: FollowUps,
  lens: (title: string, command: string) => vscode.CodeLens,
): vscode.CodeLens[] {
  return [
    lens(`$(edit) ${vscode.l10n.t('Refine…')}`, 'refineEdit'),
    lens(`$(refresh) ${vscode.l10n.t('Retry')}`, 'retryEdit'),
    ...(followUps.retryWith ? [lens(`$(server-environment) ${vscode.l10n.t('Retry with…')}`, 'retryEditWith')] : []),
  ];
}
