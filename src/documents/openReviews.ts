import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { sharePlace, type Review, type Writing } from './review.ts';
import { ReviewDecorations } from './reviewDecorations.ts';
import { removedLenses, reviewLenses } from './reviewLenses.ts';
import { ReviewStatus } from './reviewStatus.ts';
import { comparedUri, type ReviewTexts } from './reviewTexts.ts';

/** Minimum time between repaints, in milliseconds. */
const refreshPeriod = 100;

/** Everything that is being written or reviewed, and its display: decorations, code lenses, status bar. */
export class OpenReviews implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #past: ReviewTexts;
  readonly #decorations: ReviewDecorations;
  readonly #status = new ReviewStatus();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #all: readonly (Writing | Review)[] = [];
  #lastId = 0;
  #refresh: NodeJS.Timeout | undefined;

  constructor(past: ReviewTexts) {
    this.#past = past;
    this.#decorations = new ReviewDecorations(past);
    this.#subscriptions = [
      this.#decorations,
      this.#status,
      this.#lensesChanged,
      vscode.languages.registerCodeLensProvider({ pattern: '**' }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#showStatus()),
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

  /**
   * The one with the id, or one of the file with the URI; else one of the active editor, or the only one there is. Of
   * several in a file: the one that is compared or peeked at, the one at the cursor, the first.
   */
  find(which: number | string | undefined): Writing | Review | undefined {
    if (typeof which === 'number') return this.#all.find((review) => review.id === which);
    const editor = vscode.window.activeTextEditor;
    const compared = comparedUri(vscode.window.tabGroups.activeTabGroup.activeTab);
    const shown = this.#past.reviewOf(editor?.document.uri) ?? this.#past.reviewOf(compared);
    const file = which ?? editor?.document.uri.toString();
    if (shown && (which === undefined || shown.anchor.document.uri.toString() === which)) return shown;
    const here = this.#all.filter(({ anchor }) => anchor.document.uri.toString() === file);
    const atCursor = here.findLast(
      ({ anchor }) => editor?.document === anchor.document && anchor.range.contains(editor.selection.active),
    );
    return atCursor ?? here[0] ?? (which === undefined && this.#all.length === 1 ? this.#all[0] : undefined);
  }

  /** Lines and keystrokes may arrive faster than repainting makes sense. */
  showSoon(): void {
    this.#refresh ??= setTimeout(() => this.show(), refreshPeriod);
  }

  show(): void {
    clearTimeout(this.#refresh);
    this.#refresh = undefined;
    this.#decorations.show(this.#all);
    this.#lensesChanged.fire();
    this.#showStatus();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const removed = this.#past.removedIn(document);
    if (removed) return removedLenses(removed.review, removed.hunk, removed.range);
    return this.of(document).flatMap(reviewLenses);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #showStatus(): void {
    this.#status.show(this.#all, this.find(undefined));
  }
}
