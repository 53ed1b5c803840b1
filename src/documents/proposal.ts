import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';
import type { FollowUps, ReviewEnd } from './review.ts';
import { whyNotWritten } from './replacement.ts';
import type { VirtualTexts } from './virtualTexts.ts';

/** New code for a range beside the file as it is, in VS Code's diff editor; the file stays untouched until it is kept. */
export class Proposal implements vscode.Disposable {
  readonly anchor: Anchor;
  readonly uri: vscode.Uri;
  readonly #texts: VirtualTexts;
  readonly #following: vscode.Disposable;
  #end = Promise.withResolvers<ReviewEnd>();
  #isOver = false;
  readonly #abandoned = new vscode.EventEmitter<void>();
  /** Fires when the user undoes the code before it is whole. */
  readonly onDidAbandon = this.#abandoned.event;
  #text: string;
  #followUps: FollowUps | undefined;
  /** Whether the code is complete. */
  #isOpen = false;

  constructor(texts: VirtualTexts, anchor: Anchor, text: string) {
    this.#texts = texts;
    this.anchor = anchor;
    this.#text = text;
    this.uri = texts.add(anchor.document.uri, anchor.documentWith(text));
    // Text typed in the file meanwhile is part of the proposed file.
    this.#following = anchor.onDidChange(() => {
      if (anchor.state !== 'lost') void this.show(this.#text);
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The text that would replace the range. */
  get text(): string {
    return this.#text;
  }

  get followUps(): FollowUps | undefined {
    return this.#followUps;
  }

  /** Opens the diff editor. */
  async open(): Promise<void> {
    await this.#texts.showProposed(this.anchor.document.uri, this.uri, this.anchor.range.start);
  }

  /** Shows the code in the range's place. */
  async show(text: string): Promise<void> {
    this.#text = text;
    await this.#texts.update(this.uri, this.anchor.documentWith(text));
  }

  /** Resolves when the user has decided about the code. */
  decided(followUps?: FollowUps): Promise<ReviewEnd> {
    if (this.#isOver) return Promise.resolve('undone');
    this.#followUps = followUps;
    this.#isOpen = true;
    return this.#end.promise;
  }

  /** Writes the code as it is shown, as one undo step. Throws where the file does not take it. */
  async keep(): Promise<void> {
    const { anchor } = this;
    if (!this.#isOpen) throw new Error(vscode.l10n.t("The edit isn't complete yet. Wait until it is."));
    await anchor.reopen();
    if ((await anchor.replace(this.#text)) !== 'applied') throw new Error(whyNotWritten(anchor));
    this.end('kept');
  }

  end(end: ReviewEnd): void {
    if (end === 'undone' && !this.#isOpen) this.#abandoned.fire();
    this.#isOpen = false;
    this.#isOver = end !== 'next';
    this.#end.resolve(end);
    this.#end = Promise.withResolvers();
  }

  dispose(): void {
    this.#following.dispose();
    this.end('undone');
    this.#abandoned.dispose();
  }
}
