import * as vscode from 'vscode';
import { captureCursor } from '../context/selection.ts';
import type { Attachment } from '../prompt/context.ts';
import type { ExcludePatterns } from '../settings/settings.ts';
import type { ReplaceSelection } from './replaceSelection.ts';
import { chooseTestFile } from './testFile.ts';

/** What is to be written into a new file. */
export interface NewFileRequest {
  readonly instruction: string;
  /** The document that it is about. */
  readonly document: vscode.TextDocument;
  /** What goes along with the request: the code, and more. */
  readonly context: readonly Attachment[];
  readonly languageId: string;
  /** Whether the file holds tests of the document's code. */
  readonly isTest: boolean;
  /** Files that the user is to be asked about. */
  readonly exclude: ExcludePatterns;
}

/**
 * Opens a document that is saved nowhere yet, and writes the reply into it while it comes. Resolves when that has begun.
 * @returns false where the user gave up before.
 */
export async function writeNewFile(
  replaceSelection: ReplaceSelection,
  { instruction, document, context, languageId, isTest, exclude }: NewFileRequest,
): Promise<boolean> {
  const tests = isTest ? await chooseTestFile(document, exclude) : {};
  if (!tests) return false;
  const { uri, example } = tests;
  const opened = await openEmpty(uri, languageId);
  await vscode.window.showTextDocument(opened, { preview: false });
  void write(
    replaceSelection,
    opened,
    example ? `${instruction}\n\n${likeExample(example)}` : instruction,
    example ? [...context, example] : context,
  );
  return true;
}

/** Under the name, if it is not taken by a new document that is not saved yet. */
async function openEmpty(uri: vscode.Uri | undefined, language: string): Promise<vscode.TextDocument> {
  const named = uri && (await vscode.workspace.openTextDocument(uri));
  return named?.getText() === '' ? named : vscode.workspace.openTextDocument({ language });
}

function likeExample({ path }: Attachment): string {
  return `Write them as the tests in ${path} are written: with the same framework, imports, helpers and style.`;
}

async function write(
  replaceSelection: ReplaceSelection,
  document: vscode.TextDocument,
  instruction: string,
  context: readonly Attachment[],
): Promise<void> {
  const start = captureCursor(document, new vscode.Position(0, 0));
  const { status } = await replaceSelection.run({ instruction, captured: [start], context, keep: true });
  if (status !== 'applied' && document.getText() === '') await close(document);
}

async function close({ uri }: vscode.TextDocument): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}
