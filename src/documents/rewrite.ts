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
 * Code that streams into an anchored range. It is provisional until `finish`: lines that are complete appear above what
 * is left of the old ones, and `withdraw` takes all of it back. While nobody else edits the document and it is visible,
 * everything is one undo step; else writing pauses, and the rest follows as one edit at the end.
 */
export class Rewrite implements ReplyWriter {
  readonly anchor: Anchor;
  /** What stood in the range before. */
  readonly original: string;
  readonly #unfinished: UnfinishedEdits;
  #note: UnfinishedEdit | undefined;
  readonly #lineDiff: LineDiff;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** One edit at a time. */
  #edits: Promise<void> = Promise.resolve();
  /** How many edits are not made yet. */
  #waiting = 0;
  readonly #autoSave: AutoSaveGuard;
  readonly #shown: ShownLines;
  #start: number;
  #written = false;
  #paused = false;
  /**
   * What is true once the edit under way stands in the document. That is told by its change alone: the user's next
   * change may come before the edit is reported done.
   */
  #effect: (() => void) | undefined;
  /** The way back through what the user typed meanwhile; there is none while nobody typed. */
  #back: TrackedHunks | undefined;
  /** What the range held before it was last taken back: an undo may bring it back. */
  #withdrawn: { readonly text: string; readonly start: number; readonly back: TrackedHunks } | undefined;
  /** Changes came several at once, as a formatter's do: where they are white space alone, no line is the user's. */
  #isFormatted = false;
  readonly #abandoned = new vscode.EventEmitter<void>();
  /** Fires when the user has undone what was shown. */
  readonly onDidAbandon = this.#abandoned.event;

  /** @param unfinished Remembers what is provisional. */
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

  /** How many new lines stand in the file. */
  get lineCount(): number {
    return this.#shown.count;
  }

  /** What is left of the old lines, below the new ones. */
  get rest(): OffsetRange {
    const { end } = this.anchor.offsets;
    return { start: end - this.#shown.restLength, end };
  }

  /** Shows the lines that are certain by now; they only grow. Does nothing while writing is paused. */
  show(lines: readonly string[]): Promise<void> {
    return this.#inTurn(() => this.#show(lines));
  }

  /**
   * Makes the range hold the text.
   * @returns false where the user edited the range meanwhile, or the file takes no edits: then nothing is left of it.
   */
  async finish(text: string): Promise<boolean> {
    this.#autoSave.stop();
    let failed = false;
    await this.#inTurn(async () => {
      const replace = async (): Promise<Applied> => {
        if (this.anchor.state !== 'intact') return 'closed';
        // An earlier version stands there again.
        if (this.#paused && this.anchor.text !== this.original) return 'closed';
        this.#effect = undefined;
        const unselect = this.#shown.count === 0 ? collapseSelections(this.anchor) : undefined;
        this.#note?.ends(text);
        const applied = await this.anchor.replace(text, this.#undoStops(true));
        if (applied === 'applied') unselect?.();
        return applied;
      };
      this.#paused ||= this.#written && this.#autoSave.mayHaveMissed;
      // Taken back first, all of it is undone at once.
      if (this.#paused) await this.#takeBack();
      if ((await this.#betweenKeys(replace)) === 'applied') this.#forget();
      else failed = true;
    });
    if (failed) await this.withdraw();
    return !failed;
  }

  /** Puts back what stood there, without touching what the user typed meanwhile. */
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
      // The taking back was undone: all of it is provisional as before.
      const { back, start } = withdrawn;
      back.move(this.anchor.offsets.start - start);
      this.#back = back;
      return this.#stands();
    }
    if ((isRestored && !withdrawn) || (this.anchor.state === 'intact' && this.anchor.text === this.original)) {
      // It was undone, reverted, or closed without a save: what was provisional is gone.
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

  /** What is provisional stands in the document. */
  #stands(): void {
    this.#written = true;
    if (!this.#note) this.#noted.shows(this.#shown.text, this.#shown.restLength);
  }

  get #noted(): UnfinishedEdit {
    this.#note ??= this.#unfinished.remember(this.anchor, this.original);
    return this.#note;
  }

  /** Nothing provisional is left. */
  #forget(): void {
    this.#written = false;
    this.#back = undefined;
    this.#note?.dispose();
    this.#note = undefined;
  }

  /** Tries an edit until nobody else changes the document at the same moment. */
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

  /** Writes the last line break over itself. */
  async #touch(): Promise<void> {
    if (this.#paused || !this.#autoSave.isOn) return;
    const { eol } = this.anchor;
    const change = { rangeOffset: this.rest.start - eol.length, rangeLength: eol.length, text: eol };
    await this.#autoSave.change(() => this.anchor.apply([change], this.#undoStops(false)));
  }

  /** Whether something provisional stands in the document, or will in a moment. */
  get #mayStand(): boolean {
    return this.#written || this.#waiting > 0;
  }

  /**
   * What is provisional is not saved or renamed: it is taken back first, and written as one edit at the end. An edit under way may
   * come too late for that, and then the save is made once more.
   */
  async #standAside(): Promise<void> {
    this.#autoSave.stop();
    await this.#inTurn(async () => {
      await this.#takeBack();
      this.#paused = true;
    });
  }

  /** Takes back what is shown but for lines that the user changed; what these took the place of stands beside them. */
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

  /** From what is shown now to what stood there, in the offsets of the last own edit. */
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

/** Something, like a formatter, changed the new lines and all around them: nobody can tell them from the old ones any more. */
function tellLeft({ uri }: vscode.TextDocument): void {
  const path = vscode.workspace.asRelativePath(uri);
  void showWarning(
    vscode.l10n.t(
      '{0} was reformatted or reloaded during an edit, and part of the new code is still in it. Use Undo to remove it.',
      path,
    ),
  );
}
