import * as vscode from 'vscode';

/** Milliseconds to wait for symbols; a language server may still be starting. */
const timeout = 1500;

/** The innermost function, method, class or similar around the line. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  line: number,
): Promise<vscode.DocumentSymbol | undefined> {
  let found: vscode.DocumentSymbol | undefined;
  let level = await documentSymbols(document);
  for (;;) {
    const around = level.find(({ range }) => range.start.line <= line && line <= range.end.line);
    if (!around) return found;
    if (isDefinition(around)) found = around;
    level = around.children;
  }
}

/** The functions, methods, classes and similar of a document, outer ones first. */
export async function definitions(document: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  const within = (symbol: vscode.DocumentSymbol): readonly vscode.DocumentSymbol[] => [
    ...(isDefinition(symbol) ? [symbol] : []),
    ...symbol.children.flatMap(within),
  ];
  return (await documentSymbols(document)).flatMap(within);
}

/** The top-level symbols; none if the language has no provider with a symbol tree, or it takes too long. */
async function documentSymbols({ uri }: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  const symbols = await withTimeout(vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri));
  return Array.isArray(symbols) ? symbols.filter(isDocumentSymbol) : [];
}

function isDefinition({ kind, range }: vscode.DocumentSymbol): boolean {
  return enclosingKinds.has(kind) || (definingKinds.has(kind) && !range.isSingleLine);
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

/** A getter is a property and an arrow function a constant; they count if they have a body. */
const definingKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Constant,
  vscode.SymbolKind.Field,
  vscode.SymbolKind.Property,
  vscode.SymbolKind.Variable,
]);

/** Older providers return SymbolInformation, which has no tree. */
function isDocumentSymbol(symbol: unknown): symbol is vscode.DocumentSymbol {
  return typeof symbol === 'object' && symbol !== null && 'children' in symbol && 'range' in symbol;
}

/** The symbol's kind as shown before its name. */
export function symbolKind(kind: vscode.SymbolKind): string {
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

/** Resolves to undefined on timeout or failure: then there are no symbols. */
async function withTimeout(promise: Thenable<unknown>): Promise<unknown> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), timeout);
  try {
    return await Promise.race([promise, late.promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
