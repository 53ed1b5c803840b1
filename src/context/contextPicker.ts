import * as vscode from 'vscode';
import type { ContextCompletions } from './contextCompletions.ts';
import { parseSource, type ContextSource } from './source.ts';
import { kindIcons } from '../shared/kindIcons.ts';
import type { CompletionItem } from '../shared/protocol.ts';
import { createPicker } from '../window/pickers.ts';

/** Lets the user choose one or several sources. Empty if cancelled. */
export async function pickContext(completions: ContextCompletions): Promise<readonly ContextSource[]> {
  const pick = createPicker<PickItem>();
  pick.title = vscode.l10n.t('Add context');
  pick.placeholder = vscode.l10n.t('Selection, problems, changes, files and folders');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.busy = true;
  const { promise, resolve } = Promise.withResolvers<readonly PickItem[]>();
  // Enter accepts the checked items; without any, the active one.
  pick.onDidAccept(() => resolve(pick.selectedItems.length > 0 ? pick.selectedItems : pick.activeItems));
  pick.onDidHide(() => resolve([]));
  pick.show();
  try {
    await completions.refresh();
    pick.items = completions.all.map(pickItem);
    pick.busy = false;
    return (await promise).flatMap(({ id }) => parseSource(id) ?? []);
  } finally {
    pick.dispose();
  }
}

interface PickItem extends vscode.QuickPickItem {
  readonly id: string;
}

function pickItem({ id, icon, label, detail }: CompletionItem): PickItem {
  return { id, label, description: detail, iconPath: new vscode.ThemeIcon(kindIcons[icon]) };
}
