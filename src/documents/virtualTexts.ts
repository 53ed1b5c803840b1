import * as vscode from 'vscode';

/** URI scheme of texts without a file. */
export const virtualScheme = 'askance-text';

/** Texts without a file, shown in VS Code's diff editor next to the live document. */
export class VirtualTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = [
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(virtualScheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
  ];
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens VS Code's diff editor: a text that the document was, and beside it the live one. */
  async compare({ uri }: vscode.TextDocument, before: string): Promise<void> {
    await this.compareBefore(uri, this.add(uri, before));
  }

  /** Opens VS Code's diff editor: the virtual text that the document was, and beside it the live one. */
  async compareBefore(document: vscode.Uri, before: vscode.Uri): Promise<void> {
    const title = vscode.l10n.t('{0} (original and edited)', fileName(document));
    await vscode.commands.executeCommand('vscode.diff', before, document, title);
  }

  /** Opens VS Code's diff editor at a position: the live document and its proposed text. */
  async showProposed(document: vscode.Uri, proposed: vscode.Uri, at?: vscode.Position): Promise<void> {
    const title = vscode.l10n.t('{0} (current and proposed)', fileName(document));
    // Not as a preview, which the next opened file would replace.
    const options: vscode.TextDocumentShowOptions = {
      preview: false,
      ...(at && { selection: new vscode.Range(at, at) }),
    };
    await vscode.commands.executeCommand('vscode.diff', document, proposed, title, options);
  }

  /** Updates a text. Resolves when the editors that show it are up to date. */
  async update(uri: vscode.Uri, text: string): Promise<void> {
    const key = uri.toString();
    const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
    this.#texts.set(key, text);
    if (!shown || withLineFeeds(shown.getText()) === withLineFeeds(text)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen = (document: vscode.TextDocument): void => {
      if (document === shown) resolve();
    };
    const subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => seen(document)),
      vscode.workspace.onDidCloseTextDocument(seen),
    ];
    this.#changed.fire(uri);
    await promise.finally(() => vscode.Disposable.from(...subscriptions).dispose());
  }

  /** Creates a document with this text for as long as it is shown; named like the file to get its language. */
  add(like: vscode.Uri, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: virtualScheme, path: like.path, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** VS Code fires no change event if only the line endings differ. */
function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
