import * as vscode from 'vscode';
import type { VirtualTexts } from '../documents/virtualTexts.ts';
import { explainEdit, type ReadEdit } from '../reply/explain.ts';

/** Shows how the reply to the last edit was read, and why it was written or not. */
export class LastEdit {
  readonly #texts: VirtualTexts;
  /** Absent: there was no edit in this window. */
  read: ReadEdit | undefined;

  constructor(texts: VirtualTexts) {
    this.#texts = texts;
  }

  /** Opens the decision and its evidence as a text to be copied. Throws where there was no edit. */
  async explain(): Promise<void> {
    if (!this.read) throw new Error(vscode.l10n.t('There was no edit in this window yet.'));
    const like = vscode.Uri.from({ scheme: 'untitled', path: `/${vscode.l10n.t('Last edit')}.md` });
    const uri = this.#texts.add(like, explainEdit(this.read, vscode.l10n.t));
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}
