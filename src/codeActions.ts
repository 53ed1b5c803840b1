import * as vscode from 'vscode';
import type { Chats } from './chats.ts';
import { insertAtCursor, replaceAnchored, replyTarget } from './editor/replacement.ts';
import type { Reviews } from './editor/review.ts';
import type { VirtualTexts } from './editor/virtualTexts.ts';
import { fitCode } from './prompt/indentation.ts';
import type { CodeAction } from './shared/protocol.ts';

/** What the buttons of a code block do. What they throw or return as a sentence is for the user. */
export class CodeActions {
  readonly #chat: Chats;
  readonly #reviews: Reviews;
  readonly #texts: VirtualTexts;

  constructor(chat: Chats, reviews: Reviews, texts: VirtualTexts) {
    this.#chat = chat;
    this.#reviews = reviews;
    this.#texts = texts;
  }

  async run(action: CodeAction, turnId: string, code: string): Promise<void> {
    switch (action) {
      case 'copy':
        await vscode.env.clipboard.writeText(code);
        break;
      case 'insert':
        await this.#insert(code);
        break;
      case 'replace':
        await this.#replace(turnId, code);
        break;
    }
  }

  async #insert(code: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new Error(vscode.l10n.t('No text editor is active. Open the file that the code belongs into.'));
    const { document, selection } = editor;
    const offset = document.offsetAt(selection.active);
    const target = replyTarget({ document, offsets: { start: offset, end: offset } });
    await insertAtCursor(editor, fitCode(code, target));
    await vscode.window.showTextDocument(document, editor.viewColumn);
  }

  async #replace(turnId: string, code: string): Promise<void> {
    const target = this.#chat.turn(turnId)?.target;
    const anchor = target && this.#chat.anchor(target.id);
    if (!anchor) throw new Error(vscode.l10n.t('The selection that was asked about is gone. Insert the code instead.'));
    const replaced = await replaceAnchored(anchor, fitCode(code, replyTarget(anchor)), this.#texts);
    if (replaced.kind === 'refused') throw new Error(replaced.reason);
    void this.#reviews.review(anchor, replaced.original);
    const shown = await vscode.window.showTextDocument(anchor.document, { preserveFocus: false });
    // The next key must not overwrite the new code.
    shown.selection = new vscode.Selection(anchor.range.start, anchor.range.start);
    shown.revealRange(anchor.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
