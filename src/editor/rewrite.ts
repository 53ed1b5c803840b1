import * as vscode from 'vscode';
import type { Anchor, UndoStops } from './anchor.ts';
import { loadLineDiff, TrackedHunks, undoing, type LineDiff } from './hunks.ts';
import type { OffsetRange, TextChange } from './offsets.ts';

/** Lines of the old text among which a new line is looked for. */
const lookahead = 50;

/** Shorter lines, like a lone brace, stand in too many places to tell where the new text meets the old again. */
const telling = /\S.*\S.*\S/;

/**
 * Code that streams into an anchored range. It is provisional until `finish`: lines that are complete appear above what
 * is left of the old ones, and `withdraw` takes all of it back. While nobody else edits the document and it is visible,
 * everything is one undo step; else writing pauses, and the rest follows as one edit at the end.
 */
export class Rewrite implements vscode.Disposable {
  readonly anchor: Anchor;
  /** What stood in the range before. */
  readonly original: string;
  readonly #lineDiff: LineDiff;
  readonly #oldLines: readonly string[];
  readonly #subscriptions: readonly vscode.Disposable[];
  /** One edit at a time. */
  #edits: Promise<void> = Promise.resolve();
  #autoSaveGuard: NodeJS.Timeout | undefined;
  readonly #shown: string[] = [];
  /** How many of the old lines the new ones have passed. */
  #passed = 0;
  #restLength: number;
  #start: number;
  #written = false;
  #paused = false;
  /** The way back through what the user typed meanwhile; there is none while nobody typed. */
  #back: TrackedHunks | undefined;

  static async begin(anchor: Anchor): Promise<Rewrite> {
    return new Rewrite(anchor, await loadLineDiff());
  }

  private constructor(anchor: Anchor, lineDiff: LineDiff) {
    this.anchor = anchor;
    this.original = anchor.text;
    this.#lineDiff = lineDiff;
    this.#oldLines = this.original.split(/(?<=\n)/).filter((line) => line !== '');
    this.#restLength = this.original.length;
    this.#start = anchor.offsets.start;
    this.#subscriptions = [
      anchor.onDidChange(({ own, changes }) => {
        if (own) return;
        this.#paused = true;
        this.#back ??= new TrackedHunks(this.#wayBack());
        this.#back.shift(changes);
      }),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === anchor.document && this.#written) event.waitUntil(this.#takeBackBeforeSave());
      }),
    ];
  }

  /** How many new lines stand in the file. */
  get lineCount(): number {
    return this.#shown.length;
  }

  /** What is left of the old lines, below the new ones. */
  get rest(): OffsetRange {
    const { end } = this.anchor.offsets;
    return { start: end - this.#restLength, end };
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
    this.#stopGuard();
    let finished = false;
    await this.#inTurn(async () => {
      // Someone may type elsewhere in the document at the same moment.
      for (let attempt = 0; attempt < 3 && !finished && this.anchor.state === 'intact'; attempt += 1) {
        finished = await this.anchor.replace(text, this.#undoStops(true));
      }
      if (finished) this.#written = false;
    });
    if (!finished) await this.withdraw();
    return finished;
  }

  /** Puts back what stood there, without touching what the user typed meanwhile. */
  withdraw(): Promise<void> {
    this.#stopGuard();
    return this.#inTurn(async () => {
      if (!this.#written) return;
      await this.anchor.apply(this.#takingBack(), this.#undoStops(true));
      this.#written = false;
    });
  }

  dispose(): void {
    this.#stopGuard();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #show(lines: readonly string[]): Promise<void> {
    const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document === this.anchor.document);
    if (!isVisible) this.#paused = true;
    const added = lines.slice(this.#shown.length);
    if (this.#paused || added.length === 0) return;
    const step = this.#advance(added);
    const applied = await this.anchor.apply(step.changes, this.#undoStops(false));
    if (!applied) {
      this.#paused = true;
      return;
    }
    this.#shown.push(...added);
    this.#passed = step.passed;
    this.#restLength = step.restLength;
    this.#written ||= step.changes.length > 0;
    if (this.#written) this.#guardFromAutoSave();
  }

  #inTurn(edit: () => Promise<void>): Promise<void> {
    this.#edits = this.#edits.then(edit, edit);
    return this.#edits;
  }

  /**
   * Keeps auto-save away from what is provisional. A save ends the undo step, too. Auto-save waits from the last change
   * on, so the last line break is written over itself in time.
   */
  #guardFromAutoSave(): void {
    if (this.#autoSaveGuard) return;
    const files = vscode.workspace.getConfiguration('files', this.anchor.document);
    if (files.get('autoSave') !== 'afterDelay') return;
    const period = Math.max(50, (files.get<number>('autoSaveDelay') ?? 1000) / 3);
    this.#autoSaveGuard = setInterval(() => void this.#inTurn(() => this.#touch()), period);
  }

  async #touch(): Promise<void> {
    if (this.#paused || !this.#autoSaveGuard) return;
    const { eol } = this.anchor;
    const change = { rangeOffset: this.rest.start - eol.length, rangeLength: eol.length, text: eol };
    await this.anchor.apply([change], this.#undoStops(false));
  }

  #stopGuard(): void {
    clearInterval(this.#autoSaveGuard);
    this.#autoSaveGuard = undefined;
  }

  /** The edits that bring the new lines in above what is left of the old. */
  #advance(lines: readonly string[]): { changes: TextChange[]; passed: number; restLength: number } {
    const changes: TextChange[] = [];
    let passed = this.#passed;
    let position = this.rest.start;
    let restLength = this.#restLength;
    let inserted = '';
    const pass = (count: number): number => {
      const length = this.#oldLines.slice(passed, passed + count).reduce((sum, line) => sum + line.length, 0);
      passed += count;
      restLength -= length;
      return length;
    };
    const flush = (removed: number): void => {
      if (inserted !== '' || removed > 0) changes.push({ rangeOffset: position, rangeLength: removed, text: inserted });
      inserted = '';
      position += removed;
    };
    for (const line of lines) {
      const text = line + this.anchor.eol;
      const skipped = this.#find(text, passed);
      if (skipped === undefined) {
        inserted += text;
        continue;
      }
      flush(pass(skipped));
      position += pass(1);
    }
    flush(0);
    return { changes, passed, restLength };
  }

  /** How many old lines stand before the one that equals the new line. */
  #find(line: string, from: number): number | undefined {
    if (this.#oldLines[from] === line) return 0;
    if (!telling.test(line)) return undefined;
    const index = this.#oldLines.slice(from, from + lookahead).indexOf(line);
    return index === -1 ? undefined : index;
  }

  /**
   * What is provisional is not saved: it is taken back first, and written as one edit at the end. The save ends the
   * undo step, so this keeps it one step, too.
   */
  async #takeBackBeforeSave(): Promise<readonly vscode.TextEdit[]> {
    let edits: readonly vscode.TextEdit[] = [];
    await this.#inTurn(async () => {
      if (!this.#written) return;
      this.#stopGuard();
      edits = this.anchor.expect(this.#takingBack());
      this.#paused = true;
      this.#written = false;
    });
    return edits;
  }

  /** Leaves alone what the user typed into. */
  #takingBack(): readonly TextChange[] {
    const back = this.#back ?? new TrackedHunks(this.#wayBack());
    return undoing(back.all.filter(({ touched }) => !touched));
  }

  /** From what is shown now to what stood there, in the offsets of the last own edit. */
  #wayBack(): readonly TextChange[] {
    const shown = this.#shown.map((line) => line + this.anchor.eol).join('');
    const rest = this.#oldLines.slice(this.#passed).join('');
    return this.#lineDiff(shown + rest, this.original, this.#start);
  }

  #undoStops(last: boolean): UndoStops {
    return { undoStopBefore: !this.#written || this.#paused, undoStopAfter: last };
  }
}
