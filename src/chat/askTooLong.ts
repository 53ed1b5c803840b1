import * as vscode from 'vscode';
import type { BudgetView, TooLongChoice } from '../shared/protocol.ts';
import { askInDialog } from '../window/notifications.ts';

/** Asks what to do with an earlier question that became too long for its model; undefined: it is not sent. */
export async function chooseTooLong(budget: BudgetView): Promise<TooLongChoice | undefined> {
  const { total, limit = total, leftOut, canFit } = budget;
  const leaveOut = {
    title:
      leftOut === 1
        ? vscode.l10n.t('Leave out the oldest turn')
        : vscode.l10n.t('Leave out the oldest {0} turns', leftOut),
  };
  const sendAll = { title: vscode.l10n.t('Send all') };
  const size = vscode.l10n.t(
    'This is about {0} tokens, and the model reads {1}.',
    total.toLocaleString(),
    limit.toLocaleString(),
  );
  const advice = canFit
    ? vscode.l10n.t('It fits without the oldest turns of this conversation.')
    : vscode.l10n.t('It does not fit even without the earlier turns. Shorten the question.');
  const answer = await askInDialog(
    vscode.l10n.t('The question is too long'),
    `${size} ${advice}`,
    ...(canFit ? [leaveOut, sendAll] : [sendAll]),
  );
  if (answer === undefined) return undefined;
  return answer === leaveOut ? 'leaveOut' : 'sendAll';
}
