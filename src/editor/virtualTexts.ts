import * as vscode from 'vscode';

const scheme = 'askance-text';

/** Texts that exist in no file, shown by VS Code's diff editor beside the live document. */
export class VirtualTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions = [
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
  ];
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens VS Code's diff editor: the live document, and what it was or would be, on the side that says so. */
  async compare(document: vscode.TextDocument, text: string, side: 'before' | 'proposed'): Promise<void> {
    const other = this.#add(document.uri, text);
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    await (side === 'before'
      ? vscode.commands.executeCommand('vscode.diff', other, document.uri, vscode.l10n.t('{0}: before and now', name))
      : vscode.commands.executeCommand(
          'vscode.diff',
          document.uri,
          other,
          vscode.l10n.t('{0}: now and proposed', name),
        ));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A document with this text, named like the file so that it gets the file's language. */
  #add(like: vscode.Uri, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: like.path, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
