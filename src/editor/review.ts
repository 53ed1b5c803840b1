import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import { loadLineDiff, TrackedHunks, undoing, type Hunk } from './hunks.ts';
import type { OffsetRange } from './offsets.ts';
import { ReviewDecorations } from './reviewDecorations.ts';
import type { Rewrite } from './rewrite.ts';
import type { VirtualTexts } from './virtualTexts.ts';

export type ReviewEnd = 'kept' | 'undone';

/** Code that Askance is writing. */
interface Writing {
  readonly kind: 'writing';
  readonly id: number;
  readonly anchor: Anchor;
  readonly rewrite: Rewrite;
  readonly stop: () => void;
}

/** Code that Askance has written, until the user keeps or undoes it. */
interface Review {
  readonly kind: 'review';
  readonly id: number;
  readonly anchor: Anchor;
  /** What stood in the range before. */
  readonly original: string;
  readonly hunks: TrackedHunks;
  readonly end: PromiseWithResolvers<ReviewEnd>;
}

/** Shows at the place what is being written and what was, with the ways to keep it and to take it back. */
export class Reviews implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #texts: VirtualTexts;
  readonly #decorations = new ReviewDecorations();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #open: readonly (Writing | Review)[] = [];
  #lastId = 0;

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
    this.#subscriptions = [
      this.#decorations,
      this.#lensesChanged,
      vscode.languages.registerCodeLensProvider({ pattern: '**' }, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      // A save by hand keeps; auto-save says nothing about what the user thinks of the code.
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (reason !== vscode.TextDocumentSaveReason.Manual) return;
        for (const review of this.#of(document)) if (review.kind === 'review') review.end.resolve('kept');
      }),
    ];
  }

  /**
   * Shows that code is being written, as long as the work runs.
   * @param stop Ends the work early.
   */
  async during<Result>(
    rewrite: Rewrite,
    stop: () => void,
    work: (progress: () => void) => Promise<Result>,
  ): Promise<Result> {
    const writing: Writing = { kind: 'writing', id: this.#nextId(), anchor: rewrite.anchor, rewrite, stop };
    this.#keepEarlier(rewrite.anchor);
    this.#add(writing);
    try {
      return await work(() => this.#show());
    } finally {
      this.#remove(writing);
    }
  }

  /**
   * Opens the review of what was just written to the anchor. An earlier review of the same place ends by keeping.
   * @param original What stood there before.
   * @returns How the review ended.
   */
  async review(anchor: Anchor, original: string): Promise<ReviewEnd> {
    const lineDiff = await loadLineDiff();
    this.#keepEarlier(anchor);
    const hunks = new TrackedHunks(lineDiff(anchor.text, original, anchor.offsets.start));
    if (hunks.all.length === 0) return 'kept';
    const review: Review = {
      kind: 'review',
      id: this.#nextId(),
      anchor,
      original,
      hunks,
      end: Promise.withResolvers(),
    };
    const following = anchor.onDidChange(({ changes }) => {
      hunks.shift(changes);
      this.#follow(review);
    });
    this.#add(review);
    try {
      return await review.end.promise;
    } finally {
      following.dispose();
      this.#remove(review);
    }
  }

  /**
   * Keeps a review, or one hunk of it.
   * @param id Of the review; absent: the one at the cursor, or the only one.
   * @param hunkIndex Absent: all.
   */
  keep(id?: number, hunkIndex?: number): void {
    const review = this.#find(id);
    if (review?.kind !== 'review') return;
    const hunk = hunkIndex === undefined ? undefined : review.hunks.all[hunkIndex];
    if (hunk) review.hunks.remove(hunk);
    if (!hunk || review.hunks.all.length === 0) review.end.resolve('kept');
    this.#show();
  }

  /** Puts back what stood there, wholly or in one hunk; what was typed elsewhere stays. Stops what is being written. */
  async undo(id?: number, hunkIndex?: number): Promise<void> {
    const review = this.#find(id);
    if (review?.kind === 'writing') review.stop();
    if (review?.kind !== 'review') return;
    const { anchor, hunks } = review;
    const hunk = hunkIndex === undefined ? undefined : hunks.all[hunkIndex];
    if (!(await anchor.apply(undoing(hunk ? [hunk] : hunks.all)))) {
      throw new Error(vscode.l10n.t('The file changed at the same moment, so nothing was undone. Try again.'));
    }
    const undone = hunk && hunks.all[hunkIndex ?? 0];
    if (undone) hunks.remove(undone);
    if (!undone || hunks.all.length === 0)
      review.end.resolve(hunk && anchor.text !== review.original ? 'kept' : 'undone');
    this.#show();
  }

  /** Stops all that is being written; each place holds then what it held before. */
  stop(): void {
    for (const writing of this.#open) if (writing.kind === 'writing') writing.stop();
  }

  /** Opens VS Code's diff editor: the original beside the live file. */
  async compare(id?: number): Promise<void> {
    const review = this.#find(id);
    if (review?.kind !== 'review') return;
    await this.#texts.compare(review.anchor.document, review.anchor.documentWith(review.original), 'before');
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#of(document).flatMap((review) => {
      const lens = lensesAt(document, review.id);
      switch (review.kind) {
        case 'writing': {
          const title = `$(loading~spin) ${vscode.l10n.t('Askance is writing: {0} lines', review.rewrite.lineCount)}`;
          const stop = lens(review.anchor.offsets, `$(debug-stop) ${vscode.l10n.t('Stop (Esc)')}`, 'undo');
          return [lens(review.anchor.offsets, title, 'undo'), stop];
        }
        case 'review':
          return [...wholeLenses(review, lens), ...(review.hunks.all.length > 1 ? hunkLenses(review, lens) : [])];
        default:
          return review satisfies never;
      }
    });
  }

  /** What is under review is kept, for that is what the file holds. */
  dispose(): void {
    this.stop();
    for (const review of this.#open) if (review.kind === 'review') review.end.resolve('kept');
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #add(review: Writing | Review): void {
    this.#open = [...this.#open, review];
    this.#show();
  }

  #remove(review: Writing | Review): void {
    this.#open = this.#open.filter((other) => other !== review);
    this.#show();
  }

  /** Two reviews of one place would take back each other's code. */
  #keepEarlier({ document, offsets }: Anchor): void {
    for (const review of this.#of(document)) {
      const isApart = review.anchor.offsets.end < offsets.start || offsets.end < review.anchor.offsets.start;
      if (review.kind === 'review' && !isApart) review.end.resolve('kept');
    }
  }

  #follow(review: Review): void {
    const { anchor, original } = review;
    if (anchor.state === 'closed') {
      review.end.resolve('kept');
      const path = vscode.workspace.asRelativePath(anchor.document.uri);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Askance kept the replacement in {0}.', path), 10_000);
    } else if (anchor.text === original) {
      review.end.resolve('undone');
    } else {
      this.#show();
    }
  }

  #of(document: vscode.TextDocument): readonly (Writing | Review)[] {
    return this.#open.filter(({ anchor }) => anchor.document === document);
  }

  /** The one with the id; else the one at the cursor of the active editor, its first, or the only one there is. */
  #find(id: number | undefined): Writing | Review | undefined {
    if (id !== undefined) return this.#open.find((review) => review.id === id);
    const editor = vscode.window.activeTextEditor;
    const here = editor ? this.#of(editor.document) : [];
    const atCursor = here.findLast(({ anchor }) => editor && anchor.range.contains(editor.selection.active));
    return atCursor ?? here[0] ?? (this.#open.length === 1 ? this.#open[0] : undefined);
  }

  #show(): void {
    this.#decorations.show(
      this.#open.map((review) =>
        review.kind === 'writing'
          ? { document: review.anchor.document, written: writtenSoFar(review), rest: review.rewrite.rest }
          : { document: review.anchor.document, written: review.hunks.all },
      ),
    );
    this.#lensesChanged.fire();
    const active = vscode.window.activeTextEditor?.document;
    const here = this.#open.filter(({ anchor }) => anchor.document === active);
    const setContext = (name: string, value: boolean): void =>
      void vscode.commands.executeCommand('setContext', `askance.${name}`, value);
    setContext(
      'writing',
      here.some(({ kind }) => kind === 'writing'),
    );
    setContext(
      'reviewing',
      [...here, ...(this.#open.length === 1 ? this.#open : [])].some(({ kind }) => kind === 'review'),
    );
  }
}

function writtenSoFar({ anchor, rewrite }: Writing): readonly OffsetRange[] {
  const range = { start: anchor.offsets.start, end: rewrite.rest.start };
  return range.end > range.start ? [range] : [];
}

type Lens = (at: OffsetRange, title: string, command: string, hunkIndex?: number) => vscode.CodeLens;

function lensesAt(document: vscode.TextDocument, id: number): Lens {
  return ({ start }, title, command, hunkIndex) => {
    const at = document.positionAt(start);
    const args = hunkIndex === undefined ? [id] : [id, hunkIndex];
    return new vscode.CodeLens(new vscode.Range(at, at), {
      title,
      command: `askance.${command}Replacement`,
      arguments: args,
    });
  };
}

function wholeLenses({ anchor, hunks }: Review, lens: Lens): vscode.CodeLens[] {
  const several = hunks.all.length > 1;
  return [
    lens(anchor.offsets, `$(check) ${several ? vscode.l10n.t('Keep all') : vscode.l10n.t('Keep')}`, 'keep'),
    lens(anchor.offsets, `$(discard) ${several ? vscode.l10n.t('Undo all') : vscode.l10n.t('Undo')}`, 'undo'),
    lens(anchor.offsets, `$(diff) ${vscode.l10n.t('Compare')}`, 'compare'),
  ];
}

function hunkLenses({ hunks }: Review, lens: Lens): vscode.CodeLens[] {
  return hunks.all.flatMap((hunk: Hunk, index) => [
    lens(hunk, `$(check) ${vscode.l10n.t('Keep')}`, 'keep', index),
    lens(hunk, `$(discard) ${vscode.l10n.t('Undo')}`, 'undo', index),
  ]);
}
