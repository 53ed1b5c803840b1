import * as vscode from 'vscode';
import type { ChatPage } from '../chat/chatPage.ts';
import type { EditTools } from './editTools.ts';
import type { Anchor } from '../documents/anchor.ts';
import type { Terminals } from '../documents/terminals.ts';
import { installedLanguages } from '../languages/languages.ts';
import { commandLine, shellCommand } from '../prompt/shellCommand.ts';
import type { Lazy } from '../shared/lazy.ts';
import type { ToHost } from '../shared/protocol.ts';
import { shellOf } from '../shared/shell.ts';
import { showWarning } from '../window/notifications.ts';
import { plural } from '../shared/plural.ts';

/** Dependencies of a code block's buttons. */
export interface CodeBlockContext {
  /** The page that shows the code. */
  readonly page: ChatPage;
  readonly edits: Lazy<EditTools>;
  readonly terminals: Terminals;
}

/** Runs a code block's button. Errors are worded for the user. */
export async function runCodeBlockAction(
  { page, edits, terminals }: CodeBlockContext,
  { action, turnId, code, language }: Extract<ToHost, { type: 'code' }>,
): Promise<void> {
  switch (action) {
    case 'copy':
      await vscode.env.clipboard.writeText(code);
      break;
    case 'insert':
      await (await edits.load()).writer.insert(code);
      break;
    case 'replace':
      await (await edits.load()).writer.replace(await anchorOf(page, turnId), code);
      break;
    case 'compare':
      await (await edits.load()).writer.compare(await anchorOf(page, turnId), code);
      break;
    case 'newFile':
      await openNewFile(code, language);
      break;
    case 'runInTerminal':
      await putIntoTerminal(terminals, code, language);
      break;
    default:
      action satisfies never;
  }
}

/** The location of the code that the turn is about. */
async function anchorOf({ session, anchors }: ChatPage, turnId: string): Promise<Anchor> {
  const target = session.turn(turnId)?.target;
  if (target) return anchors.find(target);
  throw new Error(vscode.l10n.t('The selection you asked about no longer exists. Insert the code instead.'));
}

async function putIntoTerminal(terminals: Terminals, code: string, language: string): Promise<void> {
  const shell = shellOf(language) ?? 'posix';
  const command = shellCommand(code, shell);
  switch (command.kind) {
    case 'empty':
      throw new Error(vscode.l10n.t("There's no command in this code."));
    case 'script':
      throw new Error(
        vscode.l10n.t('These lines are a script, not a single command. Save them with “New file” and run the file.'),
      );
    case 'command':
      await terminals.type((name) => commandLine(command.lines, shellOf(name) ?? shell));
      if (command.removed > 0) void showWarning(controlCharactersMessage(command.removed));
  }
}

function controlCharactersMessage(count: number): string {
  return plural(
    count,
    vscode.l10n.t('1 control character was removed from the command. Read it before you press Enter.'),
    vscode.l10n.t('{0} control characters were removed from the command. Read it before you press Enter.', count),
  );
}

/** Opens an untitled document in the language of the code's fence. */
async function openNewFile(code: string, language: string): Promise<void> {
  const id = installedLanguages().idOf(language);
  const content = code.endsWith('\n') || code === '' ? code : `${code}\n`;
  const document = await vscode.workspace.openTextDocument({ content, ...(id !== undefined && { language: id }) });
  await vscode.window.showTextDocument(document, { preview: false });
}
