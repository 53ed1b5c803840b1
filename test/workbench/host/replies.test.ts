import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { loadReplyCases, pendingNames, type ReplyCase } from '../../replies/load.ts';
import { openFile, useFolder } from './editor.ts';
import { useEndpoint } from './endpoint.ts';

/** Of so many cases one goes through the real editor; the reading itself is tested without. */
const oneOf = 10;

describe('replies of the corpus in the real editor', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const extension = vscode.extensions.getExtension('askance.askance');
  const folder = join(extension?.extensionPath ?? '', 'test', 'replies');
  const pending = pendingNames(folder);
  const languages = new Set(vscode.extensions.all.flatMap(({ packageJSON }) => languageIds(packageJSON)));
  const possible = loadReplyCases(folder).filter(
    ({ name, target, finish, expected }) =>
      !pending.has(name) &&
      languages.has(target.languageId) &&
      // What a filter stopped is an error before it is read.
      finish !== 'content_filter' &&
      !(expected.kind === 'file' && expected.orOffered) &&
      isKeptByEditor(target.document),
  );

  for (const example of possible.filter((_case, index) => index % oneOf === 0)) {
    it(example.name, async () => {
      const { reply, finish, target, expected } = example;
      const editor = await open(file(example.name.replaceAll('/', '-')), example);
      demo().enqueue({ kind: 'text', text: reply, finish, pace: { charactersPerDelta: 7, deltasPerSecond: Infinity } });
      const { status } = await vscode.commands.executeCommand<{ status: string }>('askance.replaceSelection', {
        instruction: 'Change it.',
        keep: true,
      });
      assert.equal(status, expected.kind === 'file' ? 'applied' : 'offered');
      assert.equal(editor.document.getText(), expected.kind === 'file' ? expected.text : target.document);
      if (expected.kind === 'offered' || expected.text === target.document) return;
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), target.document);
    });
  }
});

async function open(path: string, { target }: ReplyCase): Promise<vscode.TextEditor> {
  const { document: text, languageId, start, end, insertSpaces, tabSize } = target;
  const editor = await openFile(path, text);
  const document = await vscode.languages.setTextDocumentLanguage(editor.document, languageId);
  editor.options = { insertSpaces, tabSize };
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
  return editor;
}

/** The languages that an extension brings, as its manifest names them. */
function languageIds(manifest: { contributes?: { languages?: { id: string }[] } }): string[] {
  return manifest.contributes?.languages?.map(({ id }) => id) ?? [];
}

/** VS Code gives a document one kind of line break, and takes a byte order mark out of its text. */
function isKeptByEditor(text: string): boolean {
  const breaks = new Set(text.match(/\r\n|\r|\n/g));
  return !text.includes('\uFEFF') && (breaks.size === 0 || (breaks.size === 1 && !breaks.has('\r')));
}
