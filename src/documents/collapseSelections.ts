import * as vscode from 'vscode';
import type { Anchor } from './anchor.ts';

/**
 * Returns a callback that collapses selections covering the whole range to its start; otherwise they would grow with
 * the new text, and the next key would replace it.
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
