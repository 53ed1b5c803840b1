import * as vscode from 'vscode';
import type { ReplyTarget } from '../prompt/reply.ts';
import type { Anchor } from './anchor.ts';
import type { VirtualTexts } from './virtualTexts.ts';

export type Replaced =
  /** `original` is what stood there before. */
  | { readonly kind: 'written'; readonly original: string }
  /** Nothing was written; the sentence says why. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Writes the text over the anchored range, if that still holds what it did. Where the user has edited it meanwhile
 * nothing is written; the text is shown beside the file instead.
 */
export async function replaceAnchored(anchor: Anchor, text: string, texts: VirtualTexts): Promise<Replaced> {
  if (anchor.state === 'edited') await texts.compare(anchor.document, anchor.documentWith(text), 'proposed');
  const original = anchor.text;
  const isWritten = anchor.state === 'intact' && (await anchor.replace(text));
  return isWritten ? { kind: 'written', original } : { kind: 'refused', reason: whyNotWritten(anchor) };
}

/** One sentence that says why the anchored range did not take a text. */
export function whyNotWritten({ document, state }: Anchor): string {
  const path = vscode.workspace.asRelativePath(document.uri);
  switch (state) {
    case 'closed':
      return vscode.l10n.t('{0} was closed since you asked, so nothing was written. Select the code again.', path);
    case 'edited':
      return vscode.l10n.t('The selection in {0} was edited since you asked, so nothing was written.', path);
    case 'intact':
      return vscode.l10n.t('{0} could not be changed: it is read-only, or it changed at the same moment.', path);
  }
}

/** What fitting code to the range must know of its document. */
export function replyTarget({ document, offsets }: Pick<Anchor, 'document' | 'offsets'>): ReplyTarget {
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  return {
    document: document.getText(),
    start: offsets.start,
    end: offsets.end,
    languageId: document.languageId,
    eol: document.eol === vscode.EndOfLine.LF ? '\n' : '\r\n',
    insertSpaces: typeof options?.insertSpaces === 'boolean' ? options.insertSpaces : true,
    tabSize: typeof options?.tabSize === 'number' ? options.tabSize : 4,
  };
}

/** Inserts the text at the cursor as one undo step. Throws where the editor takes none. */
export async function insertAtCursor(editor: vscode.TextEditor, text: string): Promise<void> {
  const at = editor.selection.active;
  const { version } = editor.document;
  // A read-only editor takes the edit, does nothing, and says that it did.
  if ((await editor.edit((builder) => builder.insert(at, text))) && editor.document.version !== version) return;
  throw new Error(vscode.l10n.t('This file is read-only, so nothing was inserted.'));
}
