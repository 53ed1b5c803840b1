import oniguruma from 'vscode-oniguruma';
import * as vscode from 'vscode';
import textmate, { type IOnigLib, type IRawGrammar } from 'vscode-textmate';
import type { Installed } from './contributions.ts';
import type { Grammars } from './grammars.ts';

/** The installed extensions in VS Code's order. */
export function installedExtensions(): readonly Installed<vscode.Uri>[] {
  return vscode.extensions.all.map(({ extensionUri, packageJSON }) => ({ root: extensionUri, manifest: packageJSON }));
}

/** Reads the grammar of a scope; undefined if no extension has one. Rejects if its file can't be read. */
export async function readGrammar(grammars: Grammars<vscode.Uri>, scope: string): Promise<IRawGrammar | undefined> {
  const file = grammars.file(scope);
  if (!file) return undefined;
  const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(file.root, file.path));
  return textmate.parseRawGrammar(new TextDecoder().decode(content), file.path);
}

let onigLib: Promise<IOnigLib> | undefined;

/**
 * Loads the regular expression engine of grammars, once.
 * @param dist The folder of `onig.wasm`.
 */
export function loadOniguruma(dist: vscode.Uri): Promise<IOnigLib> {
  onigLib ??= loadFrom(vscode.Uri.joinPath(dist, 'onig.wasm'));
  return onigLib;
}

async function loadFrom(wasm: vscode.Uri): Promise<IOnigLib> {
  await oniguruma.loadWASM(await vscode.workspace.fs.readFile(wasm));
  return {
    createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
    createOnigString: (text) => oniguruma.createOnigString(text),
  };
}
