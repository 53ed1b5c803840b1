import * as vscode from 'vscode';
import type { Chats } from './chats.ts';
import type { Anchor } from './editor/anchor.ts';
import { insertAtCursor, replaceAnchored, replyTarget, whyNotWritten } from './editor/replacement.ts';
import type { Reviews } from './editor/review.ts';
import type { Terminals } from './editor/terminals.ts';
import type { VirtualTexts } from './editor/virtualTexts.ts';
import { LanguageNames } from './panel/languageNames.ts';
import { fitCode } from './prompt/indentation.ts';
import { shellCommand } from './prompt/shellCommand.ts';
import type { ToHost } from './shared/protocol.ts';
import { shellOf } from './shared/shell.ts';

/** What the buttons of a code block do. What they throw or return as a sentence is for the user. */
export class CodeBlockActions {
  readonly #chat: Chats;
  readonly #reviews: Reviews;
  readonly #texts: VirtualTexts;
  readonly #terminals: Terminals;

  constructor(chat: Chats, reviews: Reviews, texts: VirtualTexts, terminals: Terminals) {
    this.#chat = chat;
    this.#reviews = reviews;
    this.#texts = texts;
    this.#terminals = terminals;
  }

  async run({ action, turnId, code, language }: Extract<ToHost, { type: 'code' }>): Promise<void> {
    switch (action) {
      case 'copy':
        await vscode.env.clipboard.writeText(code);
        break;
      case 'insert':
        await this.#insert(code);
        break;
      case 'replace':
        await this.#replace(turnId, code);
        break;
      case 'compare':
        await this.#compare(turnId, code);
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

  async #insert(code: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new Error(vscode.l10n.t('No text editor is active. Open the file that the code belongs into.'));
    const { document, selection } = editor;
    const offset = document.offsetAt(selection.active);
    const target = replyTarget({ document, offsets: { start: offset, end: offset } });
    await insertAtCursor(editor, fitCode(code, target));
    await vscode.window.showTextDocument(document, editor.viewColumn);
  }

  async #replace(turnId: string, code: string): Promise<void> {
    const anchor = this.#anchor(turnId);
    const replaced = await replaceAnchored(anchor, fitCode(code, replyTarget(anchor)), this.#texts);
    if (replaced.kind === 'refused') throw new Error(replaced.reason);
    void this.#reviews.review(anchor, replaced.original);
    const shown = await vscode.window.showTextDocument(anchor.document, { preserveFocus: false });
    // The next key must not overwrite the new code.
    shown.selection = new vscode.Selection(anchor.range.start, anchor.range.start);
    shown.revealRange(anchor.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Shows the file as it is beside the file as Replace would leave it. */
  async #compare(turnId: string, code: string): Promise<void> {
    const anchor = this.#anchor(turnId);
    if (anchor.state === 'closed') throw new Error(whyNotWritten(anchor));
    const proposed = anchor.documentWith(fitCode(code, replyTarget(anchor)));
    await this.#texts.compare(anchor.document, proposed, 'proposed');
  }

  #anchor(turnId: string): Anchor {
    const target = this.#chat.turn(turnId)?.target;
    const anchor = target && this.#chat.anchor(target.id);
    if (anchor) return anchor;
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
  const extensions = vscode.extensions.all.map(({ packageJSON }) => ({
    root: undefined,
    manifest: packageJSON as unknown,
  }));
  const id = new LanguageNames(extensions).idOf(language);
  const content = code.endsWith('\n') || code === '' ? code : `${code}\n`;
  const document = await vscode.workspace.openTextDocument({ content, ...(id !== undefined && { language: id }) });
  await vscode.window.showTextDocument(document, { preview: false });
}
