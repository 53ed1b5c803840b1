import * as vscode from 'vscode';
import type { BudgetView, TooLongChoice } from '../shared/protocol.ts';
import { tooLongTexts } from '../shared/tooLong.ts';
import { askInDialog } from '../window/notifications.ts';

/** Asks how to send an earlier question that has become too long for its model; undefined: don't send it. */
export async function chooseTooLong(budget: BudgetView): Promise<TooLongChoice | undefined> {
  const { title, detail, leaveOut, sendAll } = tooLongTexts(budget, false, vscode.l10n.t);
  const leave = leaveOut === undefined ? [] : [{ title: leaveOut }];
  const answer = await askInDialog(title, detail, ...leave, { title: sendAll });
  if (answer === undefined) return undefined;
  return answer.title === leaveOut ? 'leaveOut' : 'sendAll';
}
