import * as vscode from 'vscode';
import type { Anchor, AnchorChange, Applied } from './anchor.ts';
import type { UndoStops } from './applyChanges.ts';
import { AutoSaveGuard } from './autoSaveGuard.ts';
import { keepingTyped, lineByLine, TrackedHunks, undoing } from './hunks.ts';
import { loadLineDiff, type LineDiff } from './lineDiff.ts';
import type { OffsetRange, TextChange } from './offsets.ts';
import { onWillRename } from './renames.ts';
import type { ReplyWriter } from './replyWriter.ts';
import { onDidSave, onWillSave } from './saves.ts';
import { ShownLines } from './shownLines.ts';
import type { UnfinishedEdit, UnfinishedEdits } from './unfinished.ts';
import { collapseSelections } from './collapseSelections.ts';
import { showWarning } from '../window/notifications.ts';

/** How often an edit is tried while someone else types. */
const attempts = 20;

/**
 * Streams code into an anchored range. It is provisional until `finish`: complete lines appear above the remaining old
 * ones, and `withdraw` undoes everything. While nobody else edits the document and it is visible, everything is one
 * undo step; otherwise writing pauses and the rest follows as one edit at the end.
 */
export class Rewrite implements ReplyWriter {
  readonly anchor: Anchor;
  /** The range's old text. */
  readonly original: string;
  readonly #unfinished: UnfinishedEdits;
  #note: UnfinishedEdit | undefined;
  readonly #lineDiff: LineDiff;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Serializes edits. */
  #edits: Promise<void> = Promise.resolve();
  /** Number of pending edits. */
  #waiting = 0;
  readonly #autoSave: AutoSaveGuard;
  readonly #shown: ShownLines;
  #start: number;
  #written = false;
  #paused = false;
  /** State to set when the change event of the pending edit arrives, which may precede its promise. */
  #effect: (() => void) | undefined;
  /** The reverse changes, adjusted to what the user typed meanwhile; undefined if nobody typed. */
  #back: TrackedHunks | undefined;
  /** The range's text before it was last withdrawn, which an undo may restore. */
  #withdrawn: { readonly text: string; readonly start: number; readonly back: TrackedHunks } | undefined;
  /** Several changes came at once, as from a formatter: if they are only white space, no line is the user's. */
  #isFormatted = false;
  readonly #abandoned = new vscode.EventEmitter<void>();
  /** Fires when the user has undone the shown lines. */
  readonly onDidAbandon = this.#abandoned.event;

  /** @param unfinished Remembers provisional edits. */
  static async begin(anchor: Anchor, unfinished: UnfinishedEdits): Promise<Rewrite> {
    return new Rewrite(anchor, unfinished, await loadLineDiff());
  }

  private constructor(anchor: Anchor, unfinished: UnfinishedEdits, lineDiff: LineDiff) {
    this.anchor = anchor;
    this.#unfinished = unfinished;
    this.original = anchor.text;
    this.#lineDiff = lineDiff;
    this.#shown = new ShownLines(this.original, () => anchor.eol);
    this.#autoSave = new AutoSaveGuard(anchor.document);
    this.#start = anchor.offsets.start;
    this.#subscriptions = [
      this.#abandoned,
      anchor.onDidChange((change) => this.#follow(change)),
      onWillSave((save) => {
        if (save.holds(anchor.document) && this.#mayStand) save.waitUntil(this.#standAside());
      }),
      onWillRename((rename) => {
        if (rename.newUri(anchor.document) && this.#mayStand) rename.waitUntil(this.#standAside());
      }),
      onDidSave((save) => {
        if (save.holds(anchor.document) && this.#written) void this.#standAside().then(() => save.again());
      }),
    ];
  }

  /** Number of new lines in the file. */
  get lineCount(): number {
    return this.#shown.count;
  }

  /** The remaining old lines below the new ones. */
  get rest(): OffsetRange {
    const { end } = this.anchor.offsets;
    return { start: end - this.#shown.restLength, end };
  }

  /** Shows the lines that are certain so far; they only grow. Does nothing while paused. */
  show(lines: readonly string[]): Promise<void> {
    return this.#inTurn(() => this.#show(lines));
  }

  /**
   * Puts the text into the range.
   * @returns false if the user edited the range meanwhile, or the file takes no edits: then nothing is left of it.
   */
  async finish(text: string): Promise<boolean> {
    this.#autoSave.stop();
    let failed = false;
    await this.#inTurn(async () => {
      const replace = async (): Promise<Applied> => {
        if (this.anchor.state !== 'intact') return 'closed';
        // An earlier version is in the document again.
        if (this.#paused && this.anchor.text !== this.original) return 'closed';
        this.#effect = undefined;
        const unselect = this.#shown.count === 0 ? collapseSelections(this.anchor) : undefined;
        this.#note?.ends(text);
        const applied = await this.anchor.replace(text, this.#undoStops(true));
        if (applied === 'applied') unselect?.();
        return applied;
      };
      this.#paused ||= this.#written && this.#autoSave.mayHaveMissed;
      // Withdrawn first, so that one undo covers everything.
      if (this.#paused) await this.#takeBack();
      if ((await this.#betweenKeys(replace)) === 'applied') this.#forget();
      else failed = true;
    });
    if (failed) await this.withdraw();
    return !failed;
  }

  /** Restores the old text without touching what the user typed meanwhile. */
  withdraw(): Promise<void> {
    this.#autoSave.stop();
    return this.#inTurn(() => this.#takeBack());
  }

  dispose(): void {
    this.#autoSave.stop();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #follow({ own, changes, isUndo, isRestored }: AnchorChange): void {
    if (own) {
      const effect = this.#effect;
      this.#effect = undefined;
      return effect?.();
    }
    this.#paused = true;
    this.#isFormatted ||= changes.length > 1;
    const withdrawn = this.#withdrawn && this.#withdrawn.text === this.anchor.text ? this.#withdrawn : undefined;
    if (!this.#written && withdrawn) {
      // The withdrawal was undone: everything is provisional as before.
      const { back, start } = withdrawn;
      back.move(this.anchor.offsets.start - start);
      this.#back = back;
      return this.#stands();
    }
    if ((isRestored && !withdrawn) || (this.anchor.state === 'intact' && this.anchor.text === this.original)) {
      // It was undone, reverted, or closed without saving: the provisional text is gone.
      const isAbandoned = this.#written && isUndo;
      this.#forget();
      if (isAbandoned) this.#abandoned.fire();
      return;
    }
    this.#back ??= this.#wayBack();
    this.#back.shift(changes);
  }

  async #show(lines: readonly string[]): Promise<void> {
    const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document === this.anchor.document);
    if (!isVisible) this.#paused = true;
    if (this.#paused || lines.length <= this.#shown.count) return;
    const unselect = this.#shown.count === 0 ? collapseSelections(this.anchor) : undefined;
    const { changes, text, restLength, done } = this.#shown.advance(lines, this.rest.start);
    const shown = (): void => {
      done();
      if (changes.length === 0) return;
      unselect?.();
      this.#stands();
    };
    if (changes.length === 0) shown();
    else {
      this.#noted.shows(text, restLength);
      this.#effect = shown;
    }
    const applied = await this.#autoSave.change(() => this.anchor.apply(changes, this.#undoStops(false)));
    if (applied !== 'applied') {
      this.#effect = undefined;
      this.#paused = true;
      if (!this.#written) this.#forget();
      return;
    }
    if (this.#written) this.#autoSave.start(() => void this.#inTurn(() => this.#touch()));
  }

  async #takeBack(): Promise<void> {
    const applied = await this.#betweenKeys(async () => {
      if (!this.#written) return 'applied';
      const back = this.#back ?? this.#wayBack();
      const { text, offsets } = this.anchor;
      this.#effect = () => {
        this.#withdrawn = { text, start: offsets.start, back };
        this.anchor.know(text);
        this.#forget();
      };
      return this.anchor.apply(this.#takingBack(back), this.#undoStops(true));
    });
    if (this.#written && applied !== 'applied' && !this.anchor.document.isClosed) tellLeft(this.anchor.document);
    this.#forget();
  }

  /** Provisional text is in the document. */
  #stands(): void {
    this.#written = true;
    if (!this.#note) this.#noted.shows(this.#shown.text, this.#shown.restLength);
  }

  get #noted(): UnfinishedEdit {
    this.#note ??= this.#unfinished.remember(this.anchor, this.original);
    return this.#note;
  }

  /** No provisional text is left. */
  #forget(): void {
    this.#written = false;
    this.#back = undefined;
    this.#note?.dispose();
    this.#note = undefined;
  }

  /** Retries an edit until nobody else changes the document at the same moment. */
  async #betweenKeys(edit: () => Promise<Applied>): Promise<Applied> {
    for (let attempt = 1; ; attempt += 1) {
      const applied = await edit();
      if (applied !== 'changed' || attempt === attempts) return applied;
      await this.anchor.quiet();
    }
  }

  async #inTurn(edit: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const turn = this.#edits.then(edit, edit).finally(() => (this.#waiting -= 1));
    this.#edits = turn;
    await turn;
  }

  /** Replaces the last line break by itself. */
  async #touch(): Promise<void> {
    if (this.#paused || !this.#autoSave.isOn) return;
    const { eol } = this.anchor;
    const change = { rangeOffset: this.rest.start - eol.length, rangeLength: eol.length, text: eol };
    await this.#autoSave.change(() => this.anchor.apply([change], this.#undoStops(false)));
  }

  /** Whether provisional text is in the document or about to be. */
  get #mayStand(): boolean {
    return this.#written || this.#waiting > 0;
  }

  /**
   * Provisional text isn't saved or renamed: it is withdrawn first and written as one edit at the end. If a pending
   * edit comes too late for that, the document is saved once more.
   */
  async #standAside(): Promise<void> {
    this.#autoSave.stop();
    await this.#inTurn(async () => {
      await this.#takeBack();
      this.#paused = true;
    });
  }

  /** Withdraws shown lines except those the user changed; the old text of these is put next to them. */
  #takingBack({ all }: TrackedHunks): readonly TextChange[] {
    const { text, offsets } = this.anchor;
    if (this.#isFormatted && withoutSpace(text) === withoutSpace(this.#shown.all)) {
      return this.#lineDiff(text, this.original, offsets.start);
    }
    return undoing(
      all.flatMap((hunk) => {
        if (hunk.written === '') return { ...hunk, end: hunk.start };
        return keepingTyped(hunk, this.anchor.textAt(hunk), this.#lineDiff) ?? [];
      }),
    );
  }

  /** The reverse changes for what is shown, in offsets of the last own edit. */
  #wayBack(): TrackedHunks {
    const text = this.#shown.all;
    const back = lineByLine(this.#lineDiff(text, this.original, this.#start), text, this.#start);
    return new TrackedHunks(back, text, this.#start);
  }

  #undoStops(last: boolean): UndoStops {
    return { undoStopBefore: !this.#written || this.#paused, undoStopAfter: last };
  }
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/**
 * Something, like a formatter, changed the new lines and everything around them, so they can't be distinguished from
 * the old ones.
 */
function tellLeft({ uri }: vscode.TextDocument): void {
  const path = vscode.workspace.asRelativePath(uri);
  void showWarning(
    vscode.l10n.t(
      '{0} was reformatted or reloaded during an edit, and part of the new code is still in it. Use Undo to remove it.',
      path,
    ),
  );
}
