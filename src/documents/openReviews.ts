import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { OffsetRange } from './offsets.ts';
import { sharePlace, type Review, type Writing } from './review.ts';
import { ReviewDecorations } from './reviewDecorations.ts';
import { reviewLenses } from './reviewLenses.ts';
import { ReviewStatus } from './reviewStatus.ts';

/** Minimum time between repaints, in milliseconds. */
const refreshPeriod = 100;

/** Everything that is being written or reviewed, and its display: decorations, code lenses, status bar. */
export class OpenReviews implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #decorations = new ReviewDecorations();
  readonly #status = new ReviewStatus();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #all: readonly (Writing | Review)[] = [];
  #lastId = 0;
  #refresh: NodeJS.Timeout | undefined;

  constructor() {
    this.#subscriptions = [
      this.#decorations,
      this.#status,
      this.#lensesChanged,
      vscode.languages.registerCodeLensProvider({ pattern: '**' }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
  }

  get all(): readonly (Writing | Review)[] {
    return this.#all;
  }

  /** A unique number. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  add(review: Writing | Review): void {
    this.#all = [...this.#all, review];
    this.show();
    if (review.kind === 'review') void this.#status.announce(review);
  }

  remove(review: Writing | Review): void {
    this.#all = this.#all.filter((other) => other !== review);
    this.show();
  }

  of(document: vscode.TextDocument): readonly (Writing | Review)[] {
    return this.#all.filter(({ anchor }) => anchor.document === document);
  }

  /** Those whose ranges touch the anchor's. */
  at(place: Anchor): readonly (Writing | Review)[] {
    return this.#all.filter(({ anchor }) => sharePlace(anchor, place));
  }

  /** The one with the id; else the one at the active editor's cursor, its first one, or the only one there is. */
  find(id: number | undefined): Writing | Review | undefined {
    if (id !== undefined) return this.#all.find((review) => review.id === id);
    const editor = vscode.window.activeTextEditor;
    const here = editor ? this.of(editor.document) : [];
    const atCursor = here.findLast(({ anchor }) => editor && anchor.range.contains(editor.selection.active));
    return atCursor ?? here[0] ?? (this.#all.length === 1 ? this.#all[0] : undefined);
  }

  /** Lines and keystrokes may arrive faster than repainting makes sense. */
  showSoon(): void {
    this.#refresh ??= setTimeout(() => this.show(), refreshPeriod);
  }

  show(): void {
    clearTimeout(this.#refresh);
    this.#refresh = undefined;
    this.#decorations.show(
      this.#all.map((review) =>
        review.kind === 'writing'
          ? { document: review.anchor.document, written: writtenSoFar(review), rest: review.writer.rest }
          : { document: review.anchor.document, written: review.hunks.all },
      ),
    );
    this.#lensesChanged.fire();
    this.#status.show(this.#all);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.of(document).flatMap(reviewLenses);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function writtenSoFar({ anchor, writer }: Writing): readonly OffsetRange[] {
  const range = { start: anchor.offsets.start, end: writer.rest.start };
  return range.end > range.start ? [range] : [];
}
