import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';

/**
 * Gives what is to be called when the range holds other text: where all of it is selected now, nothing is then, and the
 * cursor is at its start. Else the selection would grow with the text, and the next key would take the place of it.
 */
export function collapseSelections(anchor: Anchor): () => void {
  const { document, range } = anchor;
  const editors = vscode.window.visibleTextEditors.filter((editor) => {
    const all = editor.selections.reduce<vscode.Range>((union, one) => union.union(one), editor.selection);
    return editor.document === document && !all.isEmpty && all.isEqual(range);
  });
  return () => {
    const { start } = anchor.range;
    for (const editor of editors) editor.selection = new vscode.Selection(start, start);
  };
}
