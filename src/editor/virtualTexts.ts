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

  /** A document with this text, named like the file so that it gets the file's language. */
  add(like: vscode.Uri, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: like.path, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
