import * as vscode from 'vscode';
import { applyChanges, rangeAt, sameChanges, withoutTooMany, type UndoStops } from './applyChanges.ts';
import { followRange, type KnownRange } from './followRange.ts';
import { shiftRange, withChanges, type OffsetRange, type TextChange } from './offsets.ts';
import { onWillRename } from './renames.ts';

/**
 * `edited`: someone else changed the text in the range. `lost`: someone else replaced the range together with text
 * around it, and its new location is ambiguous. `closed`: its document was closed.
 */
export type AnchorState = 'intact' | 'edited' | 'lost' | 'closed';

/** A change of the anchored document, or its closing or reopening. */
export interface AnchorChange {
  /** Whether Askance made the change through this anchor. */
  readonly own: boolean;
  /** Empty: the document was closed or reopened. */
  readonly changes: readonly TextChange[];
  /** Whether it is an undo. */
  readonly isUndo: boolean;
  /** Whether someone else restored the range's original text, or what Askance wrote there. */
  readonly isRestored: boolean;
}

/** The document was closed or reopened. */
const noChange: AnchorChange = { own: false, changes: [], isUndo: false, isRestored: false };

/**
 * The result of an edit. `changed`: someone else's change came first; `readOnly`: the document takes no edits;
 * `closed`: the document or the range no longer exists.
 */
export type Applied = 'applied' | 'changed' | 'readOnly' | 'closed';

/** Milliseconds between two keys while typing. */
const keystroke = 150;

const oneUndoStep: UndoStops = { undoStopBefore: true, undoStopAfter: true };

/**
 * A range of a document that moves with edits around it. Keeps the document object, not only its version: a reopened
 * document counts its versions from the start, and changes in between are unknown; the range is found again only if its
 * text is unchanged at its place.
 */
export class Anchor implements vscode.Disposable {
  #document: vscode.TextDocument;
  #offsets: OffsetRange;
  #closed = false;
  /** The file's new name during a rename. */
  #newUri: string | undefined;
  /** Text of the range and of the whole document when it was closed. */
  #last: { readonly text: string; readonly document: string } | undefined;
  #touched = false;
  #isLost = false;
  /** The whole lines that contain the range, after the last change. */
  #lines: KnownRange['lines'];
  /**
   * The range's original text and all texts Askance wrote there: after an undo or redo to one of these it is intact
   * again.
   */
  readonly #known: Set<string>;
  /** Askance's own change in progress. */
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

  /** The document of the range, also after it was closed. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** Returns an independent anchor of the same range and history; the caller disposes it. */
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

  /** Accepts the range's current text as the expected one, whoever wrote it. */
  rebase(): void {
    if (this.#closed || this.#isLost) return;
    this.#touched = false;
    this.#known.add(this.text);
  }

  /** Adds a text that the range has had and that an undo may restore. */
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

  /** The document's text in a range. */
  textAt({ start, end }: OffsetRange): string {
    return this.document.getText(rangeAt(this.document, start, end));
  }

  /** The whole document's text with this text in the range. */
  documentWith(text: string): string {
    const now = this.document.getText();
    return now.slice(0, this.#offsets.start) + text + now.slice(this.#offsets.end);
  }

  /** The document's line ending; offsets count it. */
  get eol(): '\n' | '\r\n' {
    return this.document.eol === vscode.EndOfLine.LF ? '\n' : '\r\n';
  }

  /** Replaces the range as one undo step, leaving equal lines alone. The range then covers the text. */
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

  /** Makes changes inside the range. */
  async apply(wanted: readonly TextChange[], undoStops: UndoStops = oneUndoStep): Promise<Applied> {
    if (this.#closed || this.#isLost) return 'closed';
    if (wanted.length === 0) return 'applied';
    const changes = withoutTooMany(this.document, wanted);
    this.#own = changes;
    this.#ownArrived = false;
    try {
      if (!(await applyChanges(this.document, changes, undoStops))) return 'changed';
      // A read-only editor accepts the edit, does nothing, and reports success.
      return this.#ownArrived ? 'applied' : 'readOnly';
    } finally {
      this.#own = undefined;
    }
  }

  /** Resolves when the document hasn't changed for the time between two keys. */
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

  /** Reopens a closed document so that the range may be found again; no change if it can't be opened. */
  async reopen(): Promise<void> {
    if (!this.#closed) return;
    try {
      this.#find(await vscode.workspace.openTextDocument(this.#document.uri));
    } catch {
      // It was deleted, or never had a file.
    }
  }

  /** Notifies remaining followers of the range's end. */
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
      // Runs for each streamed line, so it doesn't read the document.
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

  /** Most typing happens far away, so a large range isn't read again then. */
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
   * Whether a document is the first saved copy of the anchored one: VS Code opens a new document, fills and saves it,
   * then empties and closes the old one.
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

  /**
   * Finds the range in a document that was reopened, renamed or changed its language, if its text identifies it
   * unambiguously.
   */
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
