import * as vscode from 'vscode';
import { applyChanges, rangeAt, sameChanges, withoutTooMany, type UndoStops } from './applyChanges.ts';
import { followRange, type KnownRange } from './followRange.ts';
import { shiftRange, withChanges, type OffsetRange, type TextChange } from './offsets.ts';
import { onWillRename } from './renames.ts';

/**
 * `edited`: someone else changed the text in the range. `lost`: someone else replaced it with what is around it, and it
 * cannot be told what of that is the range. `closed`: its document was closed.
 */
export type AnchorState = 'intact' | 'edited' | 'lost' | 'closed';

/** A change of the anchored document, its end, or its return. */
export interface AnchorChange {
  /** Whether Askance made it through this anchor. */
  readonly own: boolean;
  /** None: the document was closed, or opened again. */
  readonly changes: readonly TextChange[];
  /** Whether the user asked for it by an undo. */
  readonly isUndo: boolean;
  /** Whether someone else brought back what the range held at first, or what Askance wrote there. */
  readonly isRestored: boolean;
}

/** The end of a document, or its return. */
const noChange: AnchorChange = { own: false, changes: [], isUndo: false, isRestored: false };

/**
 * What became of an edit. `changed`: someone else's change came first; `readOnly`: the document takes none; `closed`: it
 * is not there any more, or the range is not.
 */
export type Applied = 'applied' | 'changed' | 'readOnly' | 'closed';

/** Milliseconds between two keys of somebody who types. */
const keystroke = 150;

const oneUndoStep: UndoStops = { undoStopBefore: true, undoStopAfter: true };

/**
 * A range of a document that moves with the edits around it. It remembers the document object, not only its version: one
 * that was closed and opened again counts its versions anew, and nothing is known of what happened in between; the range
 * is found again only where its text stands as it did.
 */
export class Anchor implements vscode.Disposable {
  #document: vscode.TextDocument;
  #offsets: OffsetRange;
  #closed = false;
  /** The name that the document's file is about to get. */
  #newUri: string | undefined;
  /** What the range and the whole document held when it was closed. */
  #last: { readonly text: string; readonly document: string } | undefined;
  #touched = false;
  #isLost = false;
  /** The whole lines that the range is in, as the last change left them. */
  #lines: KnownRange['lines'];
  /** What the range held at first and what Askance wrote there: after an undo or redo it is intact again. */
  readonly #known: Set<string>;
  /** The change that Askance itself is making. */
  #own: readonly TextChange[] | undefined;
  #ownArrived = false;
  readonly #changed = new vscode.EventEmitter<AnchorChange>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #opened = new WeakSet<vscode.TextDocument>();
  /** Fires after each change of the document and when it is closed. */
  readonly onDidChange = this.#changed.event;

  constructor(document: vscode.TextDocument, range: vscode.Range) {
    this.#document = document;
    this.#offsets = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    this.#lines = this.#linesNow();
    this.#known = new Set([this.text]);
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      vscode.workspace.onDidCloseTextDocument((closed) => this.#close(closed)),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        this.#opened.add(opened);
        this.#find(opened);
      }),
      onWillRename((rename) => {
        this.#newUri = rename.newUri(this.#document)?.toString() ?? this.#newUri;
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (this.#closed || !this.#document.isUntitled || !this.#isCopy(saved)) return;
        this.#document = saved;
        this.#changed.fire(noChange);
      }),
    ];
  }

  /** The document that holds the range, or held it last. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Another anchor of the same range that knows as much; whoever gets it disposes it. */
  fork(): Anchor {
    const fork = new Anchor(this.#document, this.range);
    fork.#known.clear();
    for (const text of this.#known) fork.#known.add(text);
    fork.#touched = this.#touched;
    fork.#isLost = this.#isLost;
    fork.#closed = this.#closed;
    fork.#last = this.#last;
    return fork;
  }

  get state(): AnchorState {
    if (this.#closed) return 'closed';
    if (this.#isLost) return 'lost';
    return this.#touched && !this.#known.has(this.text) ? 'edited' : 'intact';
  }

  /** Takes what the range holds now for what it shall hold until the next edit, whoever wrote it. */
  rebase(): void {
    if (this.#closed || this.#isLost) return;
    this.#touched = false;
    this.#known.add(this.text);
  }

  /** Takes a text for one that the range has held: an undo may bring it back. */
  know(text: string): void {
    this.#known.add(text);
  }

  get offsets(): OffsetRange {
    return this.#offsets;
  }

  get range(): vscode.Range {
    return rangeAt(this.document, this.#offsets.start, this.#offsets.end);
  }

  get text(): string {
    return this.textAt(this.#offsets);
  }

  /** What the document holds in a range. */
  textAt({ start, end }: OffsetRange): string {
    return this.document.getText(rangeAt(this.document, start, end));
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

  /** Replaces the range by text, as one undo step that leaves equal lines alone. The range then covers the text. */
  async replace(text: string, undoStops: UndoStops = oneUndoStep): Promise<Applied> {
    const fitted = withLineEnds(text, this.eol);
    const { version } = this.document;
    const { loadLineDiff } = await import('./lineDiff.ts');
    const lineDiff = await loadLineDiff();
    if (this.document.version !== version) return 'changed';
    const applied = await this.apply(lineDiff(this.text, fitted, this.#offsets.start), undoStops);
    if (applied === 'applied') this.#known.add(fitted);
    return applied;
  }

  /** Makes the changes, which lie in the range. */
  async apply(wanted: readonly TextChange[], undoStops: UndoStops = oneUndoStep): Promise<Applied> {
    if (this.#closed || this.#isLost) return 'closed';
    if (wanted.length === 0) return 'applied';
    const changes = withoutTooMany(this.document, wanted);
    this.#own = changes;
    this.#ownArrived = false;
    try {
      if (!(await applyChanges(this.document, changes, undoStops))) return 'changed';
      // A read-only editor takes the edit, does nothing, and says that it did.
      return this.#ownArrived ? 'applied' : 'readOnly';
    } finally {
      this.#own = undefined;
    }
  }

  /** Resolves when nobody has changed the document for as long as it takes to press the next key. */
  async quiet(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let timer = setTimeout(resolve, keystroke);
    const following = this.onDidChange(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, keystroke);
    });
    await promise;
    following.dispose();
  }

  /** Opens a document that was closed, so that the range may be found again; where it cannot be opened, all stays so. */
  async reopen(): Promise<void> {
    if (!this.#closed) return;
    try {
      this.#find(await vscode.workspace.openTextDocument(this.#document.uri));
    } catch {
      // It was deleted, or never had a file.
    }
  }

  /** Who still follows the range learns that it is over. */
  dispose(): void {
    this.#last = undefined;
    if (!this.#closed) {
      this.#closed = true;
      this.#changed.fire(noChange);
    }
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.document || contentChanges.length === 0) return;
    const isUndo = reason === vscode.TextDocumentChangeReason.Undo;
    if (this.#own !== undefined && sameChanges(this.#own, contentChanges)) {
      this.#ownArrived = true;
      const { start, end } = this.#offsets;
      const growth = contentChanges.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
      this.#offsets = { start, end: end + growth };
      // Work for each line that streams in: the document is not read for it.
      const { start: above, text } = this.#lines;
      this.#lines = { start: above, text: withChanges(text, contentChanges, above) };
      this.#changed.fire({ own: true, changes: contentChanges, isUndo: false, isRestored: false });
      return;
    }
    const lines = this.#lines;
    const textBefore = lines.text.slice(this.#offsets.start - lines.start, this.#offsets.end - lines.start);
    const before = { ...this.#offsets, text: textBefore, lines, known: this.#known, isLost: this.#isLost };
    const { start, end, touched, isLost, changes } = followRange(before, contentChanges, (at) => this.textAt(at));
    this.#offsets = { start, end };
    this.#touched ||= touched;
    this.#isLost = isLost;
    this.#lines = this.#linesAfter(contentChanges);
    const isRestored = touched && !isLost && this.#known.has(this.text);
    this.#changed.fire({ own: false, changes, isUndo, isRestored });
  }

  /** Most keys are typed far away: what a large range holds is not read again then. */
  #linesAfter(changes: readonly TextChange[]): KnownRange['lines'] {
    const lines = this.#lines;
    const end = lines.start + lines.text.length;
    const isNear = changes.some(
      ({ rangeOffset, rangeLength }) => rangeOffset <= end && lines.start <= rangeOffset + rangeLength,
    );
    if (isNear) return this.#linesNow();
    return { ...lines, start: shiftRange({ start: lines.start, end }, changes).start };
  }

  #linesNow(): KnownRange['lines'] {
    const { start, end } = this.range;
    const lines = new vscode.Range(new vscode.Position(start.line, 0), new vscode.Position(end.line + 1, 0));
    return { start: this.document.offsetAt(lines.start), text: this.document.getText(lines) };
  }

  /**
   * Whether a document is what the anchored one was just saved as for the first time: VS Code opens another one, fills it,
   * saves that, and then empties and closes the first.
   */
  #isCopy(saved: vscode.TextDocument): boolean {
    const text = saved.getText();
    return this.#opened.has(saved) && text !== '' && text === this.#document.getText();
  }

  #close(closed: vscode.TextDocument): void {
    if (closed !== this.document || this.#closed) return;
    this.#last = { text: this.text, document: closed.getText() };
    this.#closed = true;
    this.#changed.fire(noChange);
    const renamed = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.#newUri);
    if (renamed) this.#find(renamed);
  }

  /** A document that is opened again, or under another name or language, holds the range where its text tells that beyond doubt. */
  #find(opened: vscode.TextDocument): void {
    const uri = opened.uri.toString();
    if (!this.#last || (uri !== this.#document.uri.toString() && uri !== this.#newUri)) return;
    const now = opened.getText();
    const candidates = [this.#last.text, ...this.#known];
    const only = candidates.find(
      (text) => text !== '' && now.includes(text) && now.indexOf(text) === now.lastIndexOf(text),
    );
    const text = now === this.#last.document ? this.#last.text : only;
    if (text === undefined) return;
    const start = now === this.#last.document ? this.#offsets.start : now.indexOf(text);
    this.#document = opened;
    this.#offsets = { start, end: start + text.length };
    this.#lines = this.#linesNow();
    this.#last = undefined;
    this.#closed = false;
    this.#changed.fire(noChange);
  }
}

function withLineEnds(text: string, eol: '\n' | '\r\n'): string {
  const lineFeeds = text.replaceAll('\r\n', '\n');
  return eol === '\n' ? lineFeeds : lineFeeds.replaceAll('\n', '\r\n');
}
