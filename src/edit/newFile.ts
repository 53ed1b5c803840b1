import * as vscode from 'vscode';
import { captureCursor } from '../context/selection.ts';
import type { Attachment } from '../prompt/context.ts';
import type { ExcludePatterns } from '../settings/settings.ts';
import type { ReplaceSelection } from './replaceSelection.ts';
import { chooseTestFile } from './testFile.ts';

/** A request for a new file. */
export interface NewFileRequest {
  readonly instruction: string;
  /** The document that it is about. */
  readonly document: vscode.TextDocument;
  /** Attachments, including the code. */
  readonly context: readonly Attachment[];
  readonly languageId: string;
  /** Whether the file has tests of the document's code. */
  readonly isTest: boolean;
  /** Files that need confirmation. */
  readonly exclude: ExcludePatterns;
}

/**
 * Opens an untitled document and streams the reply into it. Resolves when streaming has begun.
 * @returns false if the user cancelled before.
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

/** Uses the name unless another untitled document has it. */
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
