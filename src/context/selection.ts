import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import { largestText } from './limits.ts';
import { displayPath } from './displayPath.ts';
import { enclosingSymbol, symbolKind } from './symbols.ts';

/** Code of an editor with its location. */
export interface Captured {
  readonly attachment: CodeAttachment;
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** The captured code, or one sentence why there is none. */
export type Capture =
  | { readonly kind: 'captured'; readonly captured: readonly Captured[] }
  | { readonly kind: 'nothing'; readonly reason: string };

/** What the user means by "this": the selections, else the symbol at the cursor, else the visible lines. */
export async function captureContext(editor: vscode.TextEditor | undefined): Promise<Capture> {
  if (!editor) return nothing(noEditor());
  const { document } = editor;
  if (isBlank(document)) return nothing(vscode.l10n.t("This file is empty, so there's nothing to ask about."));
  const selections = editor.selections.filter((selection) => !selection.isEmpty);
  if (selections.length > 0) {
    const inOrder = selections.toSorted((a, b) => a.start.compareTo(b.start));
    return checked(inOrder.map((range) => capture(document, range, vscode.l10n.t('Selection'), true)));
  }
  const line = editor.selection.active.line;
  const symbol = await enclosingSymbol(document, line);
  if (symbol) {
    const range = wholeLines(document, symbol.range);
    return checked([capture(document, range, `${symbolKind(symbol.kind)} ${symbol.name}`, true)]);
  }
  const range = wholeLines(document, visibleRange(editor));
  return checked([capture(document, range, vscode.l10n.t('Visible lines'), false)]);
}

/** The code for an action: the selections, else the symbol at the cursor, else the lines around it. */
export async function captureForAction(editor: vscode.TextEditor | undefined): Promise<Capture> {
  if (!editor) return nothing(noEditor());
  return editor.selections.every(({ isEmpty }) => isEmpty)
    ? captureAt(editor.document, editor.selection)
    : captureContext(editor);
}

/** The range; if it is empty, the symbol around it, else the lines around it. */
export async function captureAt(document: vscode.TextDocument, range: vscode.Range): Promise<Capture> {
  if (isBlank(document)) return nothing(vscode.l10n.t("This file is empty, so there's nothing to ask about."));
  if (!range.isEmpty) return checked([capture(document, range, vscode.l10n.t('Selection'), true)]);
  const symbol = await enclosingSymbol(document, range.start.line);
  const around = symbol?.range ?? linesAround(document, range.start.line);
  const description = symbol ? `${symbolKind(symbol.kind)} ${symbol.name}` : vscode.l10n.t('Lines around the cursor');
  return checked([capture(document, wholeLines(document, around), description, true)]);
}

/** An empty range for inserting code. */
export function captureCursor(document: vscode.TextDocument, at: vscode.Position): Captured {
  return capture(document, new vscode.Range(at, at), vscode.l10n.t('Cursor'), true);
}

/** The ranges to replace: the selections in document order; an empty one is a cursor. */
export function captureTarget(editor: vscode.TextEditor | undefined): Capture {
  if (!editor) return nothing(noEditor());
  const { document, selections } = editor;
  const inOrder = selections.toSorted((a, b) => a.start.compareTo(b.start));
  const description = (isEmpty: boolean): string => (isEmpty ? vscode.l10n.t('Cursor') : vscode.l10n.t('Selection'));
  return checked(inOrder.map((selection) => capture(document, selection, description(selection.isEmpty), true)));
}

/** Checks the beginning first, which decides for almost every file, however long. */
function isBlank(document: vscode.TextDocument): boolean {
  return document.getText(new vscode.Range(0, 0, 1000, 0)).trim() === '' && document.getText().trim() === '';
}

function noEditor(): string {
  return vscode.l10n.t('No text editor is active. Open a file and select code.');
}

function checked(captured: readonly Captured[]): Capture {
  const length = captured.reduce((sum, { attachment }) => sum + attachment.text.length, 0);
  if (length > largestText) {
    const megabytes = (length / 1_000_000).toFixed(1);
    return nothing(
      vscode.l10n.t('The selection is too large to send ({0} million characters). Select less.', megabytes),
    );
  }
  if (captured.some(({ attachment }) => attachment.text.includes('\0'))) {
    return nothing(vscode.l10n.t('This looks like a binary file, so nothing was attached.'));
  }
  return { kind: 'captured', captured };
}

function nothing(reason: string): Capture {
  return { kind: 'nothing', reason };
}

function capture(
  document: vscode.TextDocument,
  range: vscode.Range,
  description: string,
  replaceable: boolean,
): Captured {
  const [startLine, endLine] = lineNumbers(range);
  const attachment: CodeAttachment = {
    id: randomUUID(),
    kind: 'code',
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    description,
    languageId: document.languageId,
    startLine,
    endLine,
    text: document.getText(range),
    replaceable,
  };
  return { attachment, document, range };
}

/** Lines before and after a cursor outside any symbol. */
const surroundings = 20;

function linesAround(document: vscode.TextDocument, line: number): vscode.Range {
  return new vscode.Range(
    Math.max(0, line - surroundings),
    0,
    Math.min(document.lineCount - 1, line + surroundings),
    0,
  );
}

/** From the first to the last visible line, including folded ones between. */
function visibleRange({ visibleRanges, selection }: vscode.TextEditor): vscode.Range {
  return visibleRanges.reduce<vscode.Range>((all, range) => all.union(range), visibleRanges[0] ?? selection);
}

function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  return new vscode.Range(range.start.line, 0, range.end.line, document.lineAt(range.end.line).text.length);
}

/** First and last line, 1-based. A range that ends at the start of a line doesn't include that line. */
export function lineNumbers({ start, end }: vscode.Range): readonly [number, number] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line + 1, last + 1];
}
