import oniguruma from 'vscode-oniguruma';
import * as vscode from 'vscode';
import textmate, { type IOnigLib, type IRawGrammar } from 'vscode-textmate';
import type { Installed } from './contributions.ts';
import type { Grammars } from './grammars.ts';

/** The extensions that VS Code has now, in its order. */
export function installedExtensions(): readonly Installed<vscode.Uri>[] {
  return vscode.extensions.all.map(({ extensionUri, packageJSON }) => ({ root: extensionUri, manifest: packageJSON }));
}

/** Reads the grammar of a scope; nothing where no extension brings one. Rejects where its file cannot be read. */
export async function readGrammar(grammars: Grammars<vscode.Uri>, scope: string): Promise<IRawGrammar | undefined> {
  const file = grammars.file(scope);
  if (!file) return undefined;
  const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(file.root, file.path));
  return textmate.parseRawGrammar(new TextDecoder().decode(content), file.path);
}

let onigLib: Promise<IOnigLib> | undefined;

/**
 * What the regular expressions of grammars run in, once for all.
 *
 * @param dist The folder with `onig.wasm`.
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
