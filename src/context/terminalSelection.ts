import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { WholeAttachment } from '../prompt/context.ts';
import { largestText, tooLarge } from './limits.ts';
import { askInDialog } from '../window/notifications.ts';

/**
 * The selection in the active terminal. There is no API for it, so VS Code's own command copies it and the clipboard's
 * text is restored afterwards. If the clipboard has other content, which can't be restored, the user is asked first.
 * Throws one sentence if nothing was copied.
 */
export async function captureTerminalSelection(): Promise<WholeAttachment> {
  const { activeTerminal } = vscode.window;
  const text = activeTerminal ? await copiedSelection() : '';
  if (!activeTerminal || text.trim() === '') {
    throw new Error(
      vscode.l10n.t("VS Code didn't provide any text from the terminal. Select some there and try again."),
    );
  }
  const path = vscode.l10n.t('Terminal {0}', activeTerminal.name);
  if (text.length > largestText) throw tooLarge(path, text.length);
  return { id: randomUUID(), kind: 'terminal', path, description: vscode.l10n.t('Selection'), languageId: '', text };
}

/** Empty if nothing is selected. */
async function copiedSelection(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  if (before === '') return copiedOverNoText();
  // The command doesn't touch the clipboard if nothing is selected; without the mark, its old text would look like a
  // selection.
  const mark = randomUUID();
  await clipboard.writeText(mark);
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const copied = await clipboard.readText();
    return copied === mark ? '' : copied;
  } finally {
    await clipboard.writeText(before);
  }
}

/** A clipboard without text may have an image or files. The copied text stays there. */
async function copiedOverNoText(): Promise<string> {
  const copy = { title: vscode.l10n.t('Copy selection') };
  const answer = await askInDialog(
    vscode.l10n.t('Copy the terminal selection to the clipboard?'),
    vscode.l10n.t(
      "VS Code provides it only through the clipboard, which contains no text now. If it contains a picture or files, they'll be replaced.",
    ),
    copy,
  );
  if (answer !== copy)
    throw new Error(vscode.l10n.t("The terminal selection wasn't attached. The clipboard is unchanged."));
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  return vscode.env.clipboard.readText();
}
