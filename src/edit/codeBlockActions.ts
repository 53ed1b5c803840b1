import * as vscode from 'vscode';
import type { Chats } from '../chat/chatPages.ts';
import type { Edits } from './edits.ts';
import type { Anchor } from '../documents/anchor.ts';
import type { Terminals } from '../documents/terminals.ts';
import { installedLanguages } from '../languages/languages.ts';
import { shellCommand } from '../prompt/shellCommand.ts';
import type { ToHost } from '../shared/protocol.ts';
import { shellOf } from '../shared/shell.ts';

/** What the buttons of a code block do. What they throw or return as a sentence is for the user. */
export class CodeBlockActions {
  readonly #chat: Chats;
  readonly #edits: Edits;
  readonly #terminals: Terminals;

  constructor(chat: Chats, edits: Edits, terminals: Terminals) {
    this.#chat = chat;
    this.#edits = edits;
    this.#terminals = terminals;
  }

  async run({ action, turnId, code, language }: Extract<ToHost, { type: 'code' }>): Promise<void> {
    switch (action) {
      case 'copy':
        await vscode.env.clipboard.writeText(code);
        break;
      case 'insert':
        await (await this.#edits.tools).writer.insert(code);
        break;
      case 'replace':
        await (await this.#edits.tools).writer.replace(await this.#anchor(turnId), code);
        break;
      case 'compare':
        await (await this.#edits.tools).writer.compare(await this.#anchor(turnId), code);
        break;
      case 'newFile':
        await openNewFile(code, language);
        break;
      case 'runInTerminal':
        await this.#putIntoTerminal(code, language);
        break;
      default:
        action satisfies never;
    }
  }

  async #anchor(turnId: string): Promise<Anchor> {
    const target = this.#chat.turn(turnId)?.target;
    if (target) return this.#chat.findAnchor(target);
    throw new Error(vscode.l10n.t('The selection that was asked about is gone. Insert the code instead.'));
  }

  async #putIntoTerminal(code: string, language: string): Promise<void> {
    const command = shellCommand(code, shellOf(language) ?? 'posix');
    switch (command.kind) {
      case 'empty':
        throw new Error(vscode.l10n.t('There is no command in this code.'));
      case 'script':
        throw new Error(
          vscode.l10n.t(
            'These lines are one script and cannot be typed as one command. Save it with New file, and run that.',
          ),
        );
      case 'command':
        await this.#terminals.type(command.text);
        if (command.removed > 0) void vscode.window.showWarningMessage(controlCharactersMessage(command.removed));
    }
  }
}

function controlCharactersMessage(count: number): string {
  return count === 1
    ? vscode.l10n.t('A control character was taken out of the command. Read it before you press Enter.')
    : vscode.l10n.t('{0} control characters were taken out of the command. Read it before you press Enter.', count);
}

/** A document that is saved nowhere yet, in the language of the code's fence. */
async function openNewFile(code: string, language: string): Promise<void> {
  const id = installedLanguages().idOf(language);
  const content = code.endsWith('\n') || code === '' ? code : `${code}\n`;
  const document = await vscode.workspace.openTextDocument({ content, ...(id !== undefined && { language: id }) });
  await vscode.window.showTextDocument(document, { preview: false });
}
