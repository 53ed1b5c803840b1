import * as vscode from 'vscode';
import { loadLineDiff } from './hunks.ts';
import { shiftRange, type OffsetRange, type TextChange } from './offsets.ts';

/** `edited`: someone else changed the text in the range. `closed`: its document was closed. */
export type AnchorState = 'intact' | 'edited' | 'closed';

/** A change of the anchored document, or its end. */
export interface AnchorChange {
  /** Whether Askance made it through this anchor. */
  readonly own: boolean;
  /** None: the document was closed. */
  readonly changes: readonly TextChange[];
}

/** Which ends of an edit are undo stops: without one, the edit joins the step beside it. */
export interface UndoStops {
  readonly undoStopBefore: boolean;
  readonly undoStopAfter: boolean;
}

const oneUndoStep: UndoStops = { undoStopBefore: true, undoStopAfter: true };

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
  #ownArrived = false;
  readonly #changed = new vscode.EventEmitter<AnchorChange>();
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

  /** The whole document as it would be with this text in the range. */
  documentWith(text: string): string {
    const now = this.document.getText();
    return now.slice(0, this.#offsets.start) + text + now.slice(this.#offsets.end);
  }

  /** The line break that the document gives to inserted text; offsets count with it. */
  get eol(): '\n' | '\r\n' {
    return this.document.eol === vscode.EndOfLine.LF ? '\n' : '\r\n';
  }

  /**
   * Replaces the range by text, as one undo step that leaves equal lines alone. The range then covers the text.
   * @returns false where nothing was written: the file is read-only, or someone else's change came first.
   */
  async replace(text: string, undoStops: UndoStops = oneUndoStep): Promise<boolean> {
    const fitted = withLineEnds(text, this.eol);
    const { version } = this.document;
    const lineDiff = await loadLineDiff();
    if (this.document.version !== version) return false;
    const applied = await this.apply(lineDiff(this.text, fitted, this.#offsets.start), undoStops);
    if (applied) this.#known.add(fitted);
    return applied;
  }

  /**
   * Makes the changes, which lie in the range.
   * @returns false where nothing was written.
   */
  async apply(changes: readonly TextChange[], undoStops: UndoStops = oneUndoStep): Promise<boolean> {
    if (this.#closed) return false;
    if (changes.length === 0) return true;
    this.#own = changes;
    this.#ownArrived = false;
    try {
      // A read-only editor takes the edit, does nothing, and says that it did.
      return (await applyChanges(this.document, changes, undoStops)) && this.#ownArrived;
    } finally {
      this.#own = undefined;
    }
  }

  /** The edits that make the changes, for VS Code to apply at a moment of its own; the next change is expected to be them. */
  expect(changes: readonly TextChange[]): readonly vscode.TextEdit[] {
    this.#own = changes;
    return changes.map(({ rangeOffset, rangeLength, text }) =>
      vscode.TextEdit.replace(rangeAt(this.document, rangeOffset, rangeOffset + rangeLength), text),
    );
  }

  /** Who still follows the range learns that it is over. */
  dispose(): void {
    if (!this.#closed) {
      this.#closed = true;
      this.#changed.fire({ own: false, changes: [] });
    }
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.document || contentChanges.length === 0) return;
    const { start, end } = this.#offsets;
    const own = this.#own !== undefined && sameChanges(this.#own, contentChanges);
    if (own) {
      this.#ownArrived = true;
      const growth = contentChanges.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
      this.#offsets = { start, end: end + growth };
    } else {
      const { touched, ...shifted } = shiftRange(this.#offsets, contentChanges);
      this.#offsets = shifted;
      this.#touched ||= touched;
    }
    this.#changed.fire({ own, changes: contentChanges });
  }

  #close(closed: vscode.TextDocument): void {
    if (closed !== this.document) return;
    this.#closed = true;
    this.#changed.fire({ own: false, changes: [] });
  }
}

async function applyChanges(
  document: vscode.TextDocument,
  changes: readonly TextChange[],
  undoStops: UndoStops,
): Promise<boolean> {
  const replacements = changes.map(({ rangeOffset, rangeLength, text }) => ({
    range: rangeAt(document, rangeOffset, rangeOffset + rangeLength),
    text,
  }));
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  if (editor) {
    return editor.edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    }, undoStops);
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of replacements) edit.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(edit);
}

function rangeAt(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function withLineEnds(text: string, eol: '\n' | '\r\n'): string {
  const lineFeeds = text.replaceAll('\r\n', '\n');
  return eol === '\n' ? lineFeeds : lineFeeds.replaceAll('\n', '\r\n');
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
