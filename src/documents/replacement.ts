import * as vscode from 'vscode';
import type { ReplyTarget } from '../reply/target.ts';
import { isIndentedByTabs } from '../reply/indentUnits.ts';
import type { Anchor } from './anchor.ts';

/** One sentence why a text wasn't written to the anchored range. */
export function whyNotWritten({ document, state }: Anchor): string {
  const path = vscode.workspace.asRelativePath(document.uri);
  switch (state) {
    case 'closed':
      return vscode.l10n.t('{0} was closed after you asked, so nothing was written. Select the code again.', path);
    case 'edited':
      return vscode.l10n.t('The selection in {0} was edited after you asked, so nothing was written.', path);
    case 'lost':
      return vscode.l10n.t(
        '{0} changed too much after you asked, so nothing was written. Select the code again.',
        path,
      );
    case 'intact':
      return vscode.l10n.t("{0} couldn't be changed. It's read-only or was changed at the same time.", path);
  }
}

/** The document properties needed to fit code to the range. */
export function replyTarget({ document, offsets }: Pick<Anchor, 'document' | 'offsets'>): ReplyTarget {
  return {
    document: document.getText(),
    start: offsets.start,
    end: offsets.end,
    languageId: document.languageId,
    eol: document.eol === vscode.EndOfLine.LF ? '\n' : '\r\n',
    ...indentationOf(document),
  };
}

/** The editor's indentation; without an editor, that of the document's lines, else the language's settings. */
function indentationOf(document: vscode.TextDocument): Pick<ReplyTarget, 'insertSpaces' | 'tabSize'> {
  const options = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  if (typeof options?.insertSpaces === 'boolean' && typeof options.tabSize === 'number') {
    return { insertSpaces: options.insertSpaces, tabSize: options.tabSize };
  }
  const editor = vscode.workspace.getConfiguration('editor', document);
  const usesTabs = isIndentedByTabs(document.getText()) ?? editor.get('insertSpaces') === false;
  return { insertSpaces: !usesTabs, tabSize: editor.get<number>('tabSize') ?? 4 };
}
