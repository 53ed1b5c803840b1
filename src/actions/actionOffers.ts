import * as vscode from 'vscode';
import type { Actions } from './actions.ts';
import { otherKind } from './actionPlace.ts';
import type { Settings } from '../settings/settings.ts';
import type { Lazy } from '../shared/lazy.ts';

/** Offers actions in the lightbulb and above functions, if the settings allow. */
export function registerActionOffers(settings: Settings, actions: Lazy<Actions>): vscode.Disposable {
  const lensesChanged = new vscode.EventEmitter<void>();
  const everywhere = { pattern: '**' };
  return vscode.Disposable.from(
    lensesChanged,
    settings.onChange(() => lensesChanged.fire()),
    vscode.languages.registerCodeLensProvider(everywhere, {
      onDidChangeCodeLenses: lensesChanged.event,
      async provideCodeLenses(document) {
        if (!settings.codeLens) return [];
        const { actionLenses } = await import('./actionLenses.ts');
        return [...(await actionLenses((await actions.load()).list.offeredFor(document), document))];
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      everywhere,
      {
        async provideCodeActions(document, range, context) {
          if (!settings.lightbulb) return [];
          const { quickActions } = await import('./quickActions.ts');
          return [...quickActions((await actions.load()).list.offeredFor(document), document, range, context)];
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.Refactor, otherKind] },
    ),
  );
}
