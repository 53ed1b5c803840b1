import * as vscode from 'vscode';
import { keyOf } from './editKeys.ts';
import { problemsLabel } from './editProblems.ts';
import type { Hunk } from './hunks.ts';
import { changedLines } from './removedLines.ts';
import type { Review, Writing } from './review.ts';
import { plural } from '../shared/plural.ts';

/** The code lenses above a review: its state and its actions. */
export function reviewLenses(review: Writing | Review): vscode.CodeLens[] {
  switch (review.kind) {
    case 'writing': {
      const { anchor, id, writer } = review;
      const lines = plural(
        writer.lineCount,
        vscode.l10n.t('Askance is writing (1 line)'),
        vscode.l10n.t('Askance is writing ({0} lines)', writer.lineCount),
      );
      const { start } = anchor.range;
      return [
        lens(start, `$(loading~spin) ${lines}`, 'undoEdit', id),
        lens(start, `$(debug-stop) ${vscode.l10n.t('Stop (Esc)')}`, 'undoEdit', id),
      ];
    }
    case 'review':
      return review.hunks.all.flatMap((hunk, index) => changeLenses(review, hunk, index));
    default:
      return review satisfies never;
  }
}

/** The code lenses above removed lines, in the peek that shows them. */
export function removedLenses({ id, hunks }: Review, hunk: Hunk, { start }: vscode.Range): vscode.CodeLens[] {
  const isOne = hunks.all.length === 1;
  return [
    lens(start, withKey('check', vscode.l10n.t('Keep'), isOne ? 'keepEdit' : 'keepChange'), 'keepEdit', id, hunk.id),
    lens(start, withKey('discard', vscode.l10n.t('Undo'), isOne ? 'undoEdit' : 'undoChange'), 'undoEdit', id, hunk.id),
  ];
}

/** One row for each change; the first speaks of all of them, as the keys do. */
function changeLenses(review: Review, hunk: Hunk, index: number): vscode.CodeLens[] {
  const { anchor, id, hunks } = review;
  const at = anchor.document.positionAt(hunk.start);
  const count = hunks.all.length;
  const isSeen = changedLines(hunk.original, anchor.textAt(hunk)) !== undefined;
  const removed = plural(hunk.removed, vscode.l10n.t('− 1 line'), vscode.l10n.t('− {0} lines', hunk.removed));
  const decisions =
    index === 0
      ? [
          lens(at, withKey('check', keepLabel(count), 'keepEdit'), 'keepEdit', id),
          lens(at, withKey('discard', undoLabel(count), 'undoEdit'), 'undoEdit', id),
        ]
      : [
          lens(at, withKey('check', vscode.l10n.t('Keep'), 'keepChange'), 'keepEdit', id, hunk.id),
          lens(at, withKey('discard', vscode.l10n.t('Undo'), 'undoChange'), 'undoEdit', id, hunk.id),
        ];
  return [
    ...decisions,
    ...(hunk.removed > 0 && !isSeen ? [lens(at, removed, 'showRemovedLines', id, hunk.id)] : []),
    ...(count > 1
      ? [lens(at, `${vscode.l10n.t('{0} of {1}', index + 1, count)} $(chevron-right)`, 'nextChange', id, hunk.id)]
      : []),
    ...(index === 0 ? problemLenses(review, at) : []),
    lens(at, '$(ellipsis)', 'moreEdit', id, hunk.id),
  ];
}

/** What the edit did to the problems of the file, and a repair of those that it brought. */
function problemLenses({ id, problems, followUps }: Review, at: vscode.Position): vscode.CodeLens[] {
  const summary = problems?.summary;
  const label = summary && problemsLabel(summary);
  if (!summary || label === undefined) return [];
  const { length } = summary.fresh;
  const fix = plural(length, vscode.l10n.t('Fix the new one'), vscode.l10n.t('Fix the {0} new ones', length));
  return [
    lens(at, `$(${length > 0 ? 'warning' : 'pass'}) ${label}`, 'showEditProblems', id),
    ...(length > 0 && followUps ? [lens(at, `$(sparkle) ${fix}`, 'fixEditProblems', id)] : []),
  ];
}

function lens(at: vscode.Position, title: string, command: string, ...args: readonly number[]): vscode.CodeLens {
  const range = new vscode.Range(at, at);
  return new vscode.CodeLens(range, { title, command: `askance.${command}`, arguments: [...args] });
}

function withKey(icon: string, label: string, command: Parameters<typeof keyOf>[0]): string {
  return `$(${icon}) ${label} ${keyOf(command)}`;
}

function keepLabel(count: number): string {
  return count === 1 ? vscode.l10n.t('Keep') : vscode.l10n.t('Keep all');
}

function undoLabel(count: number): string {
  return count === 1 ? vscode.l10n.t('Undo') : vscode.l10n.t('Undo all');
}
