import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { EditProblems } from './editProblems.ts';
import { joined, keepingTyped, TrackedHunks, undoing, type Hunk } from './hunks.ts';
import { loadLineDiff } from './lineDiff.ts';
import type { TextChange } from './offsets.ts';
import { OpenReviews } from './openReviews.ts';
import type { ReplyWriter } from './replyWriter.ts';
import { sharePlace, type FollowUp, type FollowUps, type Review, type ReviewEnd, type Writing } from './review.ts';
import { ReviewTexts } from './reviewTexts.ts';
import { onWillSave } from './saves.ts';
import type { VirtualTexts } from './virtualTexts.ts';
import { showInStatusBar, showWarning } from '../window/notifications.ts';
import { plural } from '../shared/plural.ts';

/** Code that is being written or reviewed, and how to keep and undo it. */
export class Reviews implements vscode.Disposable {
  readonly #past: ReviewTexts;
  readonly #open: OpenReviews;
  readonly #saving: vscode.Disposable;
  /** Ranges being written, from the request until the promise resolves. */
  readonly #claims = new Map<Anchor, Promise<void>>();

  constructor(texts: VirtualTexts) {
    this.#past = new ReviewTexts(texts);
    this.#open = new OpenReviews(this.#past);
    // A save by hand keeps; auto-save says nothing about what the user thinks of the code.
    this.#saving = onWillSave((save) => {
      if (save.reason !== vscode.TextDocumentSaveReason.Manual) return;
      keepAll(this.#open.all.filter(({ anchor }) => save.holds(anchor.document)));
    });
  }

  /** Whether the cursor stands in code under review that can be refined, or all of that is selected. */
  get canRefine(): boolean {
    const editor = vscode.window.activeTextEditor;
    const review = this.#open.find(undefined);
    if (review?.kind !== 'review' || !review.followUps || review.anchor.document !== editor?.document) return false;
    const { range } = review.anchor;
    const { selection } = editor;
    return selection.isEmpty ? range.contains(selection.active) : selection.isEqual(range);
  }

  /** Whether the range, or one that touches it, is claimed for writing. */
  isWriting(anchor: Anchor): boolean {
    return [...this.#claims.keys()].some((other) => sharePlace(other, anchor));
  }

  /** Claims the range for one writer until the result is disposed; undefined if it is taken. */
  claim(anchor: Anchor): vscode.Disposable | undefined {
    if (this.isWriting(anchor)) return undefined;
    const { promise: end, resolve } = Promise.withResolvers<void>();
    this.#claims.set(anchor, end);
    return new vscode.Disposable(() => {
      this.#claims.delete(anchor);
      resolve();
    });
  }

  /**
   * Shows that code is being written while the work runs.
   * @param stop Stops the work early.
   */
  async during<Result>(
    writer: ReplyWriter,
    stop: () => void,
    work: (progress: () => void) => Promise<Result>,
  ): Promise<Result> {
    const writing: Writing = { kind: 'writing', id: this.#open.nextId(), anchor: writer.anchor, writer, stop };
    // Two reviews of one range would undo each other's code.
    keepAll(this.#open.at(writer.anchor));
    this.#open.add(writing);
    try {
      return await work(() => this.#open.showSoon());
    } finally {
      this.#open.remove(writing);
    }
  }

  /**
   * Opens the review of what was just written to the anchor. An earlier review of the same place ends by keeping.
   * @param original What stood there before.
   * @param problems Follows the problems of the document from before the edit on; whoever gives it disposes it.
   * @returns How the review ended.
   */
  async review(
    anchor: Anchor,
    original: string,
    { followUps, problems }: { readonly followUps?: FollowUps; readonly problems?: EditProblems } = {},
  ): Promise<ReviewEnd> {
    const lineDiff = await loadLineDiff();
    keepAll(this.#open.at(anchor));
    const toOriginal = (): [back: readonly TextChange[], text: string, offset: number] => {
      const { text, offsets } = anchor;
      return [joined(lineDiff(text, original, offsets.start), text, offsets.start), text, offsets.start];
    };
    const hunks = new TrackedHunks(...toOriginal());
    if (hunks.all.length === 0) return 'kept';
    const end = Promise.withResolvers<ReviewEnd>();
    const review: Review = {
      kind: 'review',
      id: this.#open.nextId(),
      anchor,
      original,
      hunks,
      followUps,
      problems,
      end,
      lineDiff,
    };
    const following = anchor.onDidChange(({ changes, isRestored }) => {
      if (isRestored) hunks.reset(...toOriginal());
      else hunks.shift(changes);
      this.#follow(review);
    });
    this.#open.add(review);
    const reports = problems?.follow(lineDiff, () => this.#open.show());
    try {
      return await end.promise;
    } finally {
      reports?.dispose();
      following.dispose();
      this.#open.remove(review);
      void this.#past.close(review);
    }
  }

  /** @param which The id of the review, or the URI of its file; absent: the one at the cursor, or the only one. */
  find(which?: number | string): Review | undefined {
    const found = this.#open.find(which);
    return found?.kind === 'review' ? found : undefined;
  }

  /**
   * Keeps a review, or one hunk of it.
   * @param which As `find` has it.
   * @param hunkId Absent: all.
   */
  keep(which?: number | string, hunkId?: number): void {
    const review = this.find(which);
    if (!review) return;
    if (hunkId !== undefined) review.hunks.remove([hunkId]);
    if (hunkId === undefined || review.hunks.all.length === 0) review.end.resolve('kept');
    this.#changed(review);
  }

  /**
   * Restores the old text of a review or one hunk, and keeps typed text. If the user changed written lines themselves,
   * these are only undone with confirmation. Stops code that is being written.
   */
  async undo(which?: number | string, hunkId?: number): Promise<void> {
    const review = this.#open.find(which);
    if (review?.kind === 'writing') review.stop();
    if (review?.kind !== 'review') return;
    const hunk = hunkId === undefined ? undefined : review.hunks.withId(hunkId);
    const wanted = hunk ? [hunk] : review.hunks.all;
    const possible = wanted.flatMap((one) => keepingTyped(one, review.anchor.textAt(one), review.lineDiff) ?? []);
    await this.#takeBack(review, possible);
    const done = new Set(possible.map(({ id: one }) => one));
    const mixed = wanted.flatMap((one) => (done.has(one.id) ? [] : one.id));
    if (mixed.length > 0) void this.#askForRest(review, mixed);
  }

  /** Asks for another version of the code under review; the review goes on where the user gives up on that. */
  async followUp(kind: FollowUp, which?: number | string, instruction?: string): Promise<void> {
    const review = this.find(which);
    if (!review) return;
    if (!review.followUps)
      throw new Error(vscode.l10n.t('This edit came from the chat. Ask for another version there.'));
    if (await review.followUps[kind]?.(instruction)) review.end.resolve('next');
  }

  /** Ends the review of this anchor because another version is requested elsewhere. */
  supersede(anchor: Anchor): void {
    for (const review of this.#open.at(anchor)) if (review.kind === 'review') review.end.resolve('next');
  }

  /** Keybindings of hunks: keeps or undoes the hunk at the cursor. */
  async atCursor(what: 'keep' | 'undo'): Promise<void> {
    const review = this.find();
    if (!review) return;
    const hunk = this.#hunkAtCursor(review);
    if (!hunk) throw new Error(vscode.l10n.t("There's no change at the cursor."));
    if (what === 'keep') this.keep(review.id, hunk.id);
    else await this.undo(review.id, hunk.id);
  }

  /** Stops all writing; each range gets its old text back. */
  stop(): void {
    for (const writing of this.#open.all) if (writing.kind === 'writing') writing.stop();
  }

  /** Stops writing at the active editor's cursor, else everywhere in its document. */
  stopHere(): void {
    const editor = vscode.window.activeTextEditor;
    const here = (editor ? this.#open.of(editor.document) : []).filter((one) => one.kind === 'writing');
    const atCursor = here.filter(({ anchor }) => editor && anchor.range.contains(editor.selection.active));
    for (const writing of atCursor.length > 0 ? atCursor : here) writing.stop();
  }

  /** Stops all writing and resolves when it has been undone. */
  async end(): Promise<void> {
    this.stop();
    await Promise.all(this.#claims.values());
  }

  /** Opens VS Code's diff editor: the original beside the live file. It closes with the review. */
  async compare(which?: number | string): Promise<void> {
    const review = this.find(which);
    if (review) await this.#past.compare(review);
  }

  /**
   * Opens VS Code's peek on the lines that a hunk removed.
   * @param hunkId Absent: the hunk at the cursor, else the first that removed some.
   */
  async showRemovedLines(which?: number | string, hunkId?: number): Promise<void> {
    const review = this.find(which);
    if (!review) return;
    const wanted = hunkId === undefined ? this.#hunkAtCursor(review) : review.hunks.withId(hunkId);
    const hunk = wanted ?? review.hunks.all.find(({ original }) => original !== '');
    if (!hunk || hunk.original === '') throw new Error(vscode.l10n.t('This change removed no lines.'));
    await vscode.window.showTextDocument(review.anchor.document);
    await this.#past.peek(review, hunk);
  }

  /**
   * Goes to the next hunk under review below the cursor, then to the first; to one of another file where it has none.
   * @param which The review and its hunk below which the next one is meant; absent: the cursor's place.
   */
  async next(which?: number, hunkId?: number): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const from = which === undefined || hunkId === undefined ? undefined : this.find(which)?.hunks.withId(hunkId);
    const cursor = from?.start ?? (editor ? editor.document.offsetAt(editor.selection.active) : 0);
    const places = this.#open.all.flatMap(({ anchor, ...rest }) =>
      rest.kind === 'review'
        ? rest.hunks.all.map(({ start }) => ({ anchor, start }))
        : [{ anchor, start: anchor.offsets.start }],
    );
    const here = places.filter(({ anchor }) => anchor.document === editor?.document);
    const place = here.find(({ start }) => start > cursor) ?? here[0] ?? places[0];
    if (!place) return;
    const shown = await vscode.window.showTextDocument(place.anchor.document);
    const at = place.anchor.document.positionAt(place.start);
    shown.selection = new vscode.Selection(at, at);
    shown.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Code under review is kept, because that is what the file contains. */
  dispose(): void {
    this.stop();
    keepAll(this.#open.all);
    this.#saving.dispose();
    this.#open.dispose();
  }

  async #takeBack(review: Review, hunks: readonly Hunk[]): Promise<void> {
    if ((await review.anchor.apply(undoing(hunks))) !== 'applied') {
      throw new Error(vscode.l10n.t('The file was changed at the same time, so nothing was undone. Try again.'));
    }
    review.hunks.remove(hunks.map(({ id }) => id));
    // If some hunks were kept before, the rest isn't the old text.
    if (review.hunks.all.length === 0) {
      review.end.resolve(review.anchor.text === review.original ? 'undone' : 'kept');
    }
    this.#changed(review);
  }

  /** Fewer hunks are left, or none. */
  #changed(review: Review): void {
    this.#open.show();
    void this.#past.closePeek(review);
    void this.#past.update(review);
  }

  #hunkAtCursor(review: Review): Hunk | undefined {
    const editor = vscode.window.activeTextEditor;
    const peeked = editor && this.#past.removedIn(editor.document);
    if (peeked) return review.hunks.withId(peeked.hunk.id);
    if (editor?.document !== review.anchor.document) return undefined;
    const { line } = editor.selection.active;
    return review.hunks.all.find(({ start, end }) => {
      const [first, last] = [start, end].map((offset) => editor.document.positionAt(offset));
      return first && last && first.line <= line && (line < last.line || line === first.line || last.character > 0);
    });
  }

  async #askForRest(review: Review, hunkIds: readonly number[]): Promise<void> {
    const takeBack = { title: vscode.l10n.t('Undo my changes too') };
    const message = plural(
      hunkIds.length,
      vscode.l10n.t("You edited 1 change, so it wasn't undone. Undoing it also removes your edits."),
      vscode.l10n.t(
        "You edited {0} changes, so they weren't undone. Undoing them also removes your edits.",
        hunkIds.length,
      ),
    );
    const answer = await showWarning(message, takeBack);
    if (answer !== takeBack || !this.#open.all.includes(review)) return;
    await this.#takeBack(
      review,
      review.hunks.all.filter(({ id }) => hunkIds.includes(id)),
    );
  }

  #follow(review: Review): void {
    const { anchor, original } = review;
    if (anchor.state === 'closed' || anchor.state === 'lost') {
      review.end.resolve('kept');
      const path = vscode.workspace.asRelativePath(anchor.document.uri);
      showInStatusBar(vscode.l10n.t('Askance kept the edit in {0}.', path), 10_000);
    } else if (anchor.text === original) {
      review.end.resolve('undone');
    } else {
      this.#open.showSoon();
    }
  }
}

/** Ends these reviews by keeping, which is what the document contains. */
function keepAll(reviews: readonly (Writing | Review)[]): void {
  for (const review of reviews) if (review.kind === 'review') review.end.resolve('kept');
}
