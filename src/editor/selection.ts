import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CodeAttachment } from '../prompt/context.ts';
import { largestText } from './context/limits.ts';
import { displayPath } from './displayPath.ts';

/** Milliseconds to wait for a language's symbols; a language server may still be starting. */
const symbolTimeout = 1500;

/** Code of an editor that can be asked about, and where it is. */
export interface Captured {
  readonly attachment: CodeAttachment;
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** What was found, or one sentence that says why nothing was. */
export type Capture =
  | { readonly kind: 'captured'; readonly captured: readonly Captured[] }
  | { readonly kind: 'nothing'; readonly reason: string };

/** What the user means by "this": the selections, else the symbol around the cursor, else the visible lines. */
export async function captureContext(editor: vscode.TextEditor | undefined): Promise<Capture> {
  if (!editor) return nothing(noEditor());
  const { document } = editor;
  if (isBlank(document)) return nothing(vscode.l10n.t('This file is empty, so there is nothing to ask about.'));
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

/** What is to be replaced: the selections in the document's order; an empty one is the place of a cursor. */
export function captureTarget(editor: vscode.TextEditor | undefined): Capture {
  if (!editor) return nothing(noEditor());
  const { document, selections } = editor;
  const inOrder = selections.toSorted((a, b) => a.start.compareTo(b.start));
  const description = (isEmpty: boolean): string => (isEmpty ? vscode.l10n.t('Cursor') : vscode.l10n.t('Selection'));
  return checked(inOrder.map((selection) => capture(document, selection, description(selection.isEmpty), true)));
}

/** Looks at the beginning first: it tells for almost every file, however long. */
function isBlank(document: vscode.TextDocument): boolean {
  return document.getText(new vscode.Range(0, 0, 1000, 0)).trim() === '' && document.getText().trim() === '';
}

function noEditor(): string {
  return vscode.l10n.t('No text editor is active. Open a file and select the code that you mean.');
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
  // A selection that ends before the first character of a line does not mean that line.
  const lastLine = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  const attachment: CodeAttachment = {
    id: randomUUID(),
    kind: 'code',
    uri: document.uri.toString(),
    path: displayPath(document.uri),
    description,
    languageId: document.languageId,
    startLine: range.start.line + 1,
    endLine: lastLine + 1,
    text: document.getText(range),
    replaceable,
  };
  return { attachment, document, range };
}

/** From the first visible line to the last, with what is folded between. */
function visibleRange({ visibleRanges, selection }: vscode.TextEditor): vscode.Range {
  return visibleRanges.reduce<vscode.Range>((all, range) => all.union(range), visibleRanges[0] ?? selection);
}

function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  return new vscode.Range(range.start.line, 0, range.end.line, document.lineAt(range.end.line).text.length);
}

/** The innermost function, method, class or the like around the line. */
async function enclosingSymbol(
  document: vscode.TextDocument,
  line: number,
): Promise<vscode.DocumentSymbol | undefined> {
  const symbols = await withTimeout(
    vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri),
  );
  let found: vscode.DocumentSymbol | undefined;
  let level: readonly unknown[] = Array.isArray(symbols) ? symbols : [];
  for (;;) {
    const around = level
      .filter(isDocumentSymbol)
      .find(({ range }) => range.start.line <= line && line <= range.end.line);
    if (!around) return found;
    const isDefinition = definingKinds.has(around.kind) && !around.range.isSingleLine;
    if (isDefinition || enclosingKinds.has(around.kind)) found = around;
    level = around.children;
  }
}

const enclosingKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Struct,
]);

/** A getter is a property and an arrow function a constant; they count where they have a body. */
const definingKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Constant,
  vscode.SymbolKind.Field,
  vscode.SymbolKind.Property,
  vscode.SymbolKind.Variable,
]);

/** Providers of the older kind give SymbolInformation, which has no tree. */
function isDocumentSymbol(symbol: unknown): symbol is vscode.DocumentSymbol {
  return typeof symbol === 'object' && symbol !== null && 'children' in symbol && 'range' in symbol;
}

function symbolKind(kind: vscode.SymbolKind): string {
  switch (kind) {
    case vscode.SymbolKind.Class:
      return vscode.l10n.t('Class');
    case vscode.SymbolKind.Interface:
      return vscode.l10n.t('Interface');
    case vscode.SymbolKind.Enum:
      return vscode.l10n.t('Enum');
    case vscode.SymbolKind.Struct:
      return vscode.l10n.t('Struct');
    case vscode.SymbolKind.Method:
    case vscode.SymbolKind.Constructor:
      return vscode.l10n.t('Method');
    case vscode.SymbolKind.Field:
    case vscode.SymbolKind.Property:
      return vscode.l10n.t('Property');
    case vscode.SymbolKind.Constant:
    case vscode.SymbolKind.Variable:
      return vscode.l10n.t('Definition of');
    default:
      return vscode.l10n.t('Function');
  }
}

/** Resolves to undefined where the promise takes too long or fails: then there are no symbols. */
async function withTimeout(promise: Thenable<unknown>): Promise<unknown> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), symbolTimeout);
  try {
    return await Promise.race([promise, late.promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
