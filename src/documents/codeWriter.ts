import * as vscode from 'vscode';
import { fitCode } from '../reply/indentation.ts';
import { Original } from '../reply/original.ts';
import { Anchor } from './anchor.ts';
import { EditProblems } from './editProblems.ts';
import type { Proposals } from './proposals.ts';
import { replyTarget, whyNotWritten } from './replacement.ts';
import type { Reviews } from './reviews.ts';

/** Writes an answer's code into a document: indented, as one undo step, and with review. */
export class CodeWriter {
  readonly #reviews: Reviews;
  readonly #proposals: Proposals;

  constructor(reviews: Reviews, proposals: Proposals) {
    this.#reviews = reviews;
    this.#proposals = proposals;
  }

  /** Inserts the code at the active editor's cursor. Throws if that isn't possible. */
  async insert(code: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new Error(vscode.l10n.t('No text editor is active. Open the file that the code belongs in.'));
    const { document, selection } = editor;
    const anchor = new Anchor(document, new vscode.Range(selection.active, selection.active));
    try {
      await this.#write(anchor, code);
    } catch (error) {
      anchor.dispose();
      throw error;
    }
    const end = document.positionAt(anchor.offsets.end);
    void this.#reviews.review(anchor, '').finally(() => anchor.dispose());
    await this.#reveal(anchor, end);
  }

  /**
   * Replaces the range if its text is unchanged. If the user has edited it, nothing is written; the code is shown in a
   * diff instead, and the thrown sentence says so.
   */
  async replace(anchor: Anchor, code: string): Promise<void> {
    await anchor.reopen();
    const original = anchor.text;
    if (anchor.state === 'edited') {
      await this.compare(anchor, code);
      throw new Error(whyNotWritten(anchor));
    }
    const problems = new EditProblems(anchor.document);
    try {
      await this.#write(anchor, code);
    } catch (error) {
      problems.dispose();
      throw error;
    }
    void this.#reviews.review(anchor, original, { problems }).finally(() => problems.dispose());
    // The next key must not overwrite the new code.
    await this.#reveal(anchor, anchor.range.start);
  }

  /** Shows a diff of the file and its content with the code, where the code can be accepted. */
  async compare(anchor: Anchor, code: string): Promise<void> {
    await anchor.reopen();
    if (anchor.state === 'closed' || anchor.state === 'lost') throw new Error(whyNotWritten(anchor));
    void this.#proposals.offer(anchor.fork(), fitCode(code, new Original(replyTarget(anchor))));
  }

  async #write(anchor: Anchor, code: string): Promise<void> {
    const text = fitCode(code, new Original(replyTarget(anchor)));
    if (anchor.state !== 'intact' || (await anchor.replace(text)) !== 'applied') throw new Error(whyNotWritten(anchor));
  }

  async #reveal(anchor: Anchor, cursor: vscode.Position): Promise<void> {
    const shown = await vscode.window.showTextDocument(anchor.document, { preserveFocus: false });
    shown.selection = new vscode.Selection(cursor, cursor);
    shown.revealRange(anchor.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
