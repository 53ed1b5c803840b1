import * as vscode from 'vscode';
import { uses, type Action } from '../prompt/actions.ts';
import { otherKind, type ActionPlace } from './actionPlace.ts';

/** The lightbulb's actions: for problems under the cursor, and for the selection. */
export function quickActions(
  actions: readonly Action[],
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics, triggerKind, only }: vscode.CodeActionContext,
): readonly vscode.CodeAction[] {
  // Without a selection, a lightbulb on every line would be noise.
  const isMeant = !range.isEmpty || triggerKind === vscode.CodeActionTriggerKind.Invoke;
  return actions.flatMap((action) => {
    const kind = kindOf(action);
    const isOffered = uses(action, 'diagnostics') ? diagnostics.length > 0 : isMeant;
    if (!isOffered || (only && !only.contains(kind))) return [];
    const quickAction = new vscode.CodeAction(titleOf(action, diagnostics), kind);
    const place: ActionPlace = { uri, range };
    quickAction.command = {
      title: action.title,
      command: 'askance.runAction',
      arguments: [{ id: action.id, ...place }],
    };
    if (uses(action, 'diagnostics')) quickAction.diagnostics = [...diagnostics];
    return [quickAction];
  });
}

function kindOf(action: Action): vscode.CodeActionKind {
  if (uses(action, 'diagnostics')) return vscode.CodeActionKind.QuickFix;
  switch (action.result) {
    case 'chat':
      return otherKind;
    case 'replace':
      return vscode.CodeActionKind.RefactorRewrite;
    case 'insert':
    case 'newFile':
      return vscode.CodeActionKind.Refactor;
    default:
      return action.result satisfies never;
  }
}

/** Longest part of a problem's message in a title, in characters. */
const longestMessage = 60;

function titleOf(action: Action, diagnostics: readonly vscode.Diagnostic[]): string {
  const title = vscode.l10n.t('Askance: {0}', action.title);
  const [first] = diagnostics;
  if (!uses(action, 'diagnostics') || !first) return title;
  if (diagnostics.length > 1) return vscode.l10n.t('{0} ({1} problems)', title, diagnostics.length);
  const [line = ''] = first.message.split('\n', 1);
  return `${title} (${line.length > longestMessage ? `${line.slice(0, longestMessage - 1)}…` : line})`;
}
