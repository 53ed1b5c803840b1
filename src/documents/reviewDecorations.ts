import * as vscode from 'vscode';
import type { Hunk } from './hunks.ts';
import type { OffsetRange } from './offsets.ts';

/** The decorations of one document's editors. */
export interface ReviewPicture {
  readonly document: vscode.TextDocument;
  /** New text; a hunk shows its old text on hover. */
  readonly written: readonly (OffsetRange | Hunk)[];
  /** Text that will be removed. */
  readonly rest?: OffsetRange;
}

/** Highlights new lines like VS Code's diff editor, marks removed ones, and dims those about to be removed. */
export class ReviewDecorations implements vscode.Disposable {
  readonly #added = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    isWholeLine: true,
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
  });
  readonly #removed = vscode.window.createTextEditorDecorationType({
    borderColor: new vscode.ThemeColor('diffEditorGutter.removedLineBackground'),
    borderStyle: 'solid',
    borderWidth: '2px 0 0 0',
    isWholeLine: true,
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.removedForeground'),
  });
  readonly #rest = vscode.window.createTextEditorDecorationType({ opacity: '0.45', isWholeLine: true });

  /** Replaces all decorations. */
  show(pictures: readonly ReviewPicture[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const here = pictures.filter(({ document }) => document === editor.document);
      const written = here.flatMap((picture) => picture.written);
      const options = (ranges: readonly (OffsetRange | Hunk)[]): vscode.DecorationOptions[] =>
        ranges.map((range) => ({ range: linesOf(editor.document, range), ...hover(range, editor.document) }));
      editor.setDecorations(this.#added, options(written.filter(({ start, end }) => start < end)));
      editor.setDecorations(this.#removed, options(written.filter(({ start, end }) => start === end)));
      const rest = here.flatMap((picture) => picture.rest ?? []).filter(({ start, end }) => start < end);
      editor.setDecorations(this.#rest, options(rest));
    }
  }

  dispose(): void {
    for (const type of [this.#added, this.#removed, this.#rest]) type.dispose();
  }
}

/** A range that ends with a line break doesn't include the next line. */
function linesOf(document: vscode.TextDocument, { start, end }: OffsetRange): vscode.Range {
  const last = document.positionAt(end);
  const isBehindBreak = end > start && last.character === 0;
  return new vscode.Range(document.positionAt(start), isBehindBreak ? document.lineAt(last.line - 1).range.end : last);
}

function hover(
  range: OffsetRange | Hunk,
  { languageId }: vscode.TextDocument,
): { hoverMessage?: vscode.MarkdownString } {
  if (!('original' in range) || range.original === '') return {};
  const message = new vscode.MarkdownString(vscode.l10n.t('Before:'));
  return { hoverMessage: message.appendCodeblock(range.original, languageId) };
}
