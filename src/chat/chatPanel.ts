import * as vscode from 'vscode';
import type { PageWebview } from './pageWebview.ts';

const viewType = 'askance.chatPanel';

/** Where a panel opens, as named in VS Code's commands. */
export type PanelPlace = 'editor' | 'window';

/** Creates an editor tab for a page. */
export async function createChatPanel(place: PanelPlace): Promise<vscode.WebviewPanel> {
  const panel = vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Chat'), vscode.ViewColumn.Active, {
    enableFindWidget: true,
  });
  if (place === 'window') await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
  return panel;
}

/** Id of a tab's page, from the state that the page saved. */
export function pageOf(state: unknown): string | undefined {
  const isPage = typeof state === 'object' && state !== null && 'page' in state && typeof state.page === 'string';
  return isPage && /^[\w-]{1,100}$/.test(String(state.page)) ? String(state.page) : undefined;
}

/**
 * Shows the page in the editor tab.
 * @param closed Called when the user closes it.
 */
export function showInPanel(page: PageWebview, panel: vscode.WebviewPanel, icon: vscode.Uri, closed: () => void): void {
  const { webview } = panel;
  panel.iconPath = icon;
  page.open(webview);
  panel.onDidChangeViewState(() => {
    if (!panel.visible) page.hide();
  });
  panel.onDidDispose(() => {
    page.close(webview);
    closed();
  });
}

/**
 * Restores editor tabs after a restart.
 * @param restore Gets the state that the page saved.
 */
export function registerChatPanels(restore: (panel: vscode.WebviewPanel, state: unknown) => void): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      restore(panel, state);
    },
  });
}
