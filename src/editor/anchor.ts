import * as vscode from 'vscode';
import { lineHunks } from './hunks.ts';
import { shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/** `edited`: someone else changed the text in the range. `closed`: its document was closed. */
export type AnchorState = 'intact' | 'edited' | 'closed';

/**
 * A range of a document that moves with the edits around it. It remembers the document object, not only its version: one
 * that was closed and opened again counts its versions anew, and nothing is known of what happened in between.
 */
export class Anchor implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  #offsets: OffsetRange;
  #closed = false;
  #touched = false;
  /** What the range held at first and what Askance wrote there: after an undo or redo it is intact again. */
  readonly #known: Set<string>;
  /** The change that Askance itself is making. */
  #own: readonly TextChange[] | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Fires after each change of the document and when it is closed. */
  readonly onDidChange = this.#changed.event;

  constructor(document: vscode.TextDocument, range: vscode.Range) {
    this.document = document;
    this.#offsets = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    this.#known = new Set([this.text]);
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidCloseTextDocument((closed) => this.#close(closed)),
    ];
  }

  get state(): AnchorState {
    if (this.#closed) return 'closed';
    return this.#touched && !this.#known.has(this.text) ? 'edited' : 'intact';
  }

  get offsets(): OffsetRange {
    return this.#offsets;
  }

  get range(): vscode.Range {
    return rangeAt(this.document, this.#offsets.start, this.#offsets.end);
  }

  get text(): string {
    return this.document.getText(this.range);
  }

  /**
   * Replaces the range by text, as one undo step that leaves equal lines alone. The range then covers the text.
   * @returns false where nothing was written: the file is read-only, or someone else's change came first.
   */
  async replace(text: string): Promise<boolean> {
    const { version } = this.document;
    const fitted = withLineEnds(text, this.document.eol);
    const hunks = await lineHunks(this.text, fitted, this.#offsets.start);
    if (this.#closed || this.document.version !== version) return false;
    if (hunks.length === 0) return true;
    this.#own = hunks;
    try {
      const applied = await applyHunks(this.document, hunks);
      if (applied) this.#known.add(fitted);
      return applied;
    } finally {
      this.#own = undefined;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.document || contentChanges.length === 0) return;
    const { start, end } = this.#offsets;
    if (this.#own && sameChanges(this.#own, contentChanges)) {
      const growth = contentChanges.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
      this.#offsets = { start, end: end + growth };
    } else {
      const { touched, ...shifted } = shiftRange(this.#offsets, contentChanges);
      this.#offsets = shifted;
      this.#touched ||= touched;
    }
    this.#changed.fire();
  }

  #close(closed: vscode.TextDocument): void {
    if (closed !== this.document) return;
    this.#closed = true;
    this.#changed.fire();
  }
}

async function applyHunks(document: vscode.TextDocument, hunks: readonly TextChange[]): Promise<boolean> {
  const replacements = hunks.map(({ rangeOffset, rangeLength, text }) => ({
    range: rangeAt(document, rangeOffset, rangeOffset + rangeLength),
    text,
  }));
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  if (editor) {
    return editor.edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    });
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of replacements) edit.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(edit);
}

function rangeAt(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** VS Code gives inserted text the document's line ends; offsets count with them. */
function withLineEnds(text: string, eol: vscode.EndOfLine): string {
  const lineFeeds = text.replaceAll('\r\n', '\n');
  return eol === vscode.EndOfLine.LF ? lineFeeds : lineFeeds.replaceAll('\n', '\r\n');
}

function sameChanges(expected: readonly TextChange[], seen: readonly TextChange[]): boolean {
  const inOrder = seen.toSorted((a, b) => a.rangeOffset - b.rangeOffset);
  return (
    expected.length === inOrder.length &&
    expected.every((change, index) => {
      const other = inOrder[index];
      return (
        other?.rangeOffset === change.rangeOffset &&
        other.rangeLength === change.rangeLength &&
        other.text === change.text
      );
    })
  );
}
