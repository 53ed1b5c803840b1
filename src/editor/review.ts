import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { VirtualTexts } from './virtualTexts.ts';

export type ReviewEnd = 'kept' | 'undone';

/** Code that Askance is writing or has written, until the user keeps or undoes it. */
interface Review {
  readonly id: number;
  readonly anchor: Anchor;
  /** What stood in the range before. */
  readonly original: string;
  readonly end: PromiseWithResolvers<ReviewEnd>;
}

/** Shows what was written, and Keep, Undo and Compare above it. */
export class Reviews implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #texts: VirtualTexts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #written = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    isWholeLine: true,
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
  });
  readonly #reviews = new Set<Review>();
  #lastId = 0;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
    this.#subscriptions = [
      this.#changed,
      this.#written,
      vscode.languages.registerCodeLensProvider({ pattern: '**' }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      // A save by hand keeps; auto-save says nothing about what the user thinks of the code.
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (reason === vscode.TextDocumentSaveReason.Manual) this.#of(document).forEach((review) => this.#keep(review));
      }),
    ];
  }

  /**
   * Opens the review of what was just written to the anchor. An earlier review of the same anchor ends by keeping.
   * @returns How the review ended.
   */
  async open(anchor: Anchor, original: string): Promise<ReviewEnd> {
    this.#all(({ anchor: other }) => other === anchor).forEach((earlier) => this.#keep(earlier));
    const review: Review = { id: (this.#lastId += 1), anchor, original, end: Promise.withResolvers() };
    this.#reviews.add(review);
    const following = anchor.onDidChange(() => this.#follow(review));
    this.#show();
    try {
      return await review.end.promise;
    } finally {
      following.dispose();
      this.#reviews.delete(review);
      this.#show();
    }
  }

  /** @param id Of the review; absent: the one at the cursor, or the only one. */
  keep(id?: number): void {
    const review = this.#find(id);
    if (review) this.#keep(review);
  }

  /** Puts back what stood there before, and nothing else: what was typed elsewhere stays. */
  async undo(id?: number): Promise<void> {
    const review = this.#find(id);
    if (!review) return;
    if (await review.anchor.replace(review.original)) review.end.resolve('undone');
    else throw new Error(vscode.l10n.t('The file changed at the same moment, so nothing was undone. Try again.'));
  }

  /** Opens VS Code's diff editor: the original beside the live file. */
  async compare(id?: number): Promise<void> {
    const review = this.#find(id);
    if (!review) return;
    const { document, offsets } = review.anchor;
    const now = document.getText();
    const before = now.slice(0, offsets.start) + review.original + now.slice(offsets.end);
    await this.compareTexts(document, before);
  }

  /** Shows another text of a document beside the live one. */
  async compareTexts(document: vscode.TextDocument, before: string): Promise<void> {
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    const title = vscode.l10n.t('{0}: before and now', name);
    await vscode.commands.executeCommand('vscode.diff', this.#texts.add(document.uri, before), document.uri, title);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#of(document).flatMap(({ anchor, id }) => {
      const at = new vscode.Range(anchor.range.start, anchor.range.start);
      const lens = (title: string, command: string): vscode.CodeLens =>
        new vscode.CodeLens(at, { title, command: `askance.${command}Replacement`, arguments: [id] });
      return [
        lens(`$(check) ${vscode.l10n.t('Keep')}`, 'keep'),
        lens(`$(discard) ${vscode.l10n.t('Undo')}`, 'undo'),
        lens(`$(diff) ${vscode.l10n.t('Compare')}`, 'compare'),
      ];
    });
  }

  /** What is under review is kept, for that is what the file holds. */
  dispose(): void {
    for (const review of this.#reviews) this.#keep(review);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #keep(review: Review): void {
    review.end.resolve('kept');
  }

  #follow(review: Review): void {
    const { anchor, original } = review;
    if (anchor.state === 'closed') {
      this.#keep(review);
      const path = vscode.workspace.asRelativePath(anchor.document.uri);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Askance kept the replacement in {0}.', path), 10_000);
    } else if (anchor.text === original) {
      review.end.resolve('undone');
    } else {
      this.#show();
    }
  }

  #of(document: vscode.TextDocument): readonly Review[] {
    return this.#all(({ anchor }) => anchor.document === document);
  }

  #all(holds: (review: Review) => boolean): readonly Review[] {
    return [...this.#reviews].filter(holds);
  }

  /** The review with the id; else the one at the cursor of the active editor, its first, or the only one there is. */
  #find(id: number | undefined): Review | undefined {
    const all = [...this.#reviews];
    if (id !== undefined) return all.find((review) => review.id === id);
    const editor = vscode.window.activeTextEditor;
    const here = all.filter(({ anchor }) => anchor.document === editor?.document);
    const atCursor = here.find(({ anchor }) => editor && anchor.range.contains(editor.selection.active));
    return atCursor ?? here[0] ?? (all.length === 1 ? all[0] : undefined);
  }

  #show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(
        this.#written,
        this.#of(editor.document).map(({ anchor }) => anchor.range),
      );
    }
    this.#changed.fire();
    const active = vscode.window.activeTextEditor?.document;
    const reviewing = this.#reviews.size === 1 || (active !== undefined && this.#of(active).length > 0);
    void vscode.commands.executeCommand('setContext', 'askance.reviewing', reviewing);
  }
}
