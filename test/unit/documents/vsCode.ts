// Imported before what imports `vscode`: in unit tests that is the fake beside this file.
import { registerHooks } from 'node:module';
import type * as vscode from 'vscode';
import { FakeDocument, FakeMemento, open, type FakeUri } from './fakeVsCode.ts';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('fakeVsCode.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

export { FakeDocument, open };

/** The document as the code under test knows it. */
function asDocument(document: FakeDocument): vscode.TextDocument {
  return document as unknown as vscode.TextDocument;
}

/** The URI as the code under test knows it. */
export function asUri(uri: FakeUri): vscode.Uri {
  return uri as unknown as vscode.Uri;
}

const { Anchor } = await import('../../../src/documents/anchor.ts');

/** An anchor of the first occurrence of the text. */
export function anchorOf(document: FakeDocument, text: string): InstanceType<typeof Anchor> {
  const start = document.getText().indexOf(text);
  if (start === -1) throw new Error(`The document does not hold ${text}`);
  return anchorAt(document, start, start + text.length);
}

/** An anchor of these offsets. */
export function anchorAt(document: FakeDocument, start: number, end: number): InstanceType<typeof Anchor> {
  const [from, to] = [document.positionAt(start), document.positionAt(end)];
  return new Anchor(asDocument(document), { start: from, end: to } as unknown as vscode.Range);
}

/** A place where nothing is kept yet. */
export function emptyMemento(): vscode.Memento {
  return new FakeMemento() as unknown as vscode.Memento;
}
