import * as vscode from 'vscode';
import { withChanges, type TextChange } from './offsets.ts';

/** Which ends of an edit are undo stops: without one, the edit merges with the adjacent step. */
export interface UndoStops {
  readonly undoStopBefore: boolean;
  readonly undoStopAfter: boolean;
}

/** VS Code merges more changes into one, which can't be distinguished from someone else's change. */
const mostChanges = 999;

/** Limits the number of changes by merging neighbours with the text between them. */
export function withoutTooMany(document: vscode.TextDocument, changes: readonly TextChange[]): readonly TextChange[] {
  if (changes.length <= mostChanges) return changes;
  const size = Math.ceil(changes.length / mostChanges);
  const inOrder = changes.toSorted((a, b) => a.rangeOffset - b.rangeOffset);
  const whole = document.getText();
  return Array.from({ length: Math.ceil(inOrder.length / size) }, (_, index) => {
    const group = inOrder.slice(index * size, (index + 1) * size);
    const start = group[0]?.rangeOffset ?? 0;
    const last = group.at(-1);
    const end = last ? last.rangeOffset + last.rangeLength : start;
    return { rangeOffset: start, rangeLength: end - start, text: withChanges(whole.slice(start, end), group, start) };
  });
}

/** Applies the changes; false if someone else's change came first. */
export async function applyChanges(
  document: vscode.TextDocument,
  changes: readonly TextChange[],
  undoStops: UndoStops,
): Promise<boolean> {
  const replacements = changes.map(({ rangeOffset, rangeLength, text }) => ({
    range: rangeAt(document, rangeOffset, rangeOffset + rangeLength),
    text,
  }));
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  const { version } = document;
  if (editor) {
    try {
      return await editor.edit((builder) => {
        for (const { range, text } of replacements) builder.replace(range, text);
      }, undoStops);
    } catch {
      // An editor closed at the same moment takes no edits; its document may still exist.
      if (document.isClosed || document.version !== version) return false;
    }
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of replacements) edit.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(edit);
}

/** The range of these offsets. */
export function rangeAt(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Whether a document's change is the expected one. */
export function sameChanges(expected: readonly TextChange[], seen: readonly TextChange[]): boolean {
  const inOrder = seen.toSorted((a, b) => a.rangeOffset - b.rangeOffset);
  return (
    expected.length === inOrder.length &&
    expected.every((change, index) => {
      const other = inOrder[index];
      return (
        other?.rangeOffset === change.rangeOffset &&
        other.rangeLength === change.rangeLength &&
        other.text === change.text
      );
    })
  );
}
