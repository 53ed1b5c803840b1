import * as vscode from 'vscode';
import type { PageWebview } from './pageWebview.ts';

const id = 'askance.chat';

/** Registers the side bar's view; its page is created on first use. */
export function registerChatView(getWebview: () => PageWebview): vscode.Disposable {
  return vscode.window.registerWebviewViewProvider(id, {
    resolveWebviewView(view) {
      const page = getWebview();
      page.open(view.webview);
      view.onDidDispose(() => page.close(view.webview));
      view.onDidChangeVisibility(() => {
        if (!view.visible) page.hide();
      });
    },
  });
}

/** Opens the side bar's view and focuses it. */
export function focusChatView(): Thenable<unknown> {
  return vscode.commands.executeCommand(`${id}.focus`);
}
