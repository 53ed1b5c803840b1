import * as vscode from 'vscode';
import { rangeAt } from './applyChanges.ts';
import { undoing, type Hunk } from './hunks.ts';
import { withChanges } from './offsets.ts';
import type { Review } from './review.ts';
import type { VirtualTexts } from './virtualTexts.ts';

/** A text that shows what a file was before an edit. */
interface PastText {
  readonly uri: vscode.Uri;
  readonly review: Review;
  /** Whose removed lines a peek shows; absent: the text is a side of the diff editor. */
  readonly hunk?: Hunk;
}

/** The files as they were before the edits under review: in VS Code's diff editor, and in its peek. */
export class ReviewTexts {
  readonly #texts: VirtualTexts;
  readonly #all = new Map<string, PastText>();

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
  }

  /** The review whose past the text shows. */
  reviewOf(uri: vscode.Uri | undefined): Review | undefined {
    return uri && this.#all.get(uri.toString())?.review;
  }

  /** The hunk whose removed lines the document shows, and where they are in it. */
  removedIn(document: vscode.TextDocument): { review: Review; hunk: Hunk; range: vscode.Range } | undefined {
    const { review, hunk } = this.#all.get(document.uri.toString()) ?? {};
    if (!review || !hunk) return undefined;
    const start = startBefore(review, hunk);
    return { review, hunk, range: rangeAt(document, start, start + hunk.original.length) };
  }

  /** Opens VS Code's diff editor: the file as it was beside the live one. */
  async compare(review: Review): Promise<void> {
    const { document } = review.anchor;
    const open = [...this.#all.values()].find((one) => one.review === review && !one.hunk);
    const uri = open?.uri ?? this.#add(review);
    // Its editor may have been closed, and its text with it.
    await this.#texts.update(uri, textBefore(review));
    await this.#texts.compareBefore(document.uri, uri);
  }

  /** Opens VS Code's peek below the hunk, on the lines that it removed. */
  async peek(review: Review, hunk: Hunk): Promise<void> {
    await this.closePeek(review);
    const { document } = review.anchor;
    const uri = this.#add(review, hunk);
    const before = await vscode.workspace.openTextDocument(uri);
    const start = startBefore(review, hunk);
    const removed = new vscode.Location(uri, rangeAt(before, start, start + hunk.original.trimEnd().length));
    const at = document.positionAt(Math.max(hunk.start, hunk.end - 1));
    await vscode.commands.executeCommand('editor.action.peekLocations', document.uri, at, [removed], 'peek');
  }

  /** Shows the diff editor of a review what is left to be undone. */
  async update(review: Review): Promise<void> {
    const shown = [...this.#all.values()].filter((one) => one.review === review && !one.hunk);
    await Promise.all(shown.map(({ uri }) => this.#texts.update(uri, textBefore(review))));
  }

  /** Closes the peek on the lines of a review. */
  async closePeek(review: Review): Promise<void> {
    const peeks = [...this.#all].filter(([, one]) => one.review === review && one.hunk);
    for (const [key] of peeks) this.#all.delete(key);
    const isOpen = peeks.some(([key]) =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === key),
    );
    if (isOpen) await vscode.commands.executeCommand('closeReferenceSearch');
  }

  /** Closes whatever shows the past of a review. */
  async close(review: Review): Promise<void> {
    await this.closePeek(review);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => this.reviewOf(comparedUri(tab)) === review);
    for (const [key, one] of this.#all) if (one.review === review) this.#all.delete(key);
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }

  #add(review: Review, hunk?: Hunk): vscode.Uri {
    const uri = this.#texts.add(review.anchor.document.uri, textBefore(review));
    this.#all.set(uri.toString(), { uri, review, ...(hunk && { hunk }) });
    return uri;
  }
}

/** The text at the left of the tab's diff editor. */
export function comparedUri(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  return tab?.input instanceof vscode.TabInputTextDiff ? tab.input.original : undefined;
}

/** The file as it would be if all that is under review were undone. */
function textBefore({ anchor, hunks }: Review): string {
  return withChanges(anchor.document.getText(), undoing(hunks.all), 0);
}

/** Where the lines of a hunk are in that text. */
function startBefore({ hunks }: Review, hunk: Hunk): number {
  const above = hunks.all.filter(({ start, id }) => start < hunk.start && id !== hunk.id);
  return above.reduce((sum, { start, end, original }) => sum + original.length - (end - start), hunk.start);
}
