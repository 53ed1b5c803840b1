import * as vscode from 'vscode';
import { answerLimit } from '../api/answerLimit.ts';
import type { ChatPage } from './chatPage.ts';
import { requireConnection } from '../connections/requireConnection.ts';
import type { Settings } from '../settings/settings.ts';
import type { TurnAction } from '../shared/protocol.ts';
import { showInformation } from '../window/notifications.ts';

interface TurnContext {
  readonly page: ChatPage;
  readonly settings: Settings;
}

/** Runs the action of a button below a question or answer. */
export async function runTurnAction(context: TurnContext, action: TurnAction, turnId: string): Promise<void> {
  const { page } = context;
  switch (action) {
    case 'regenerate':
      return page.turnCommands.retry(turnId);
    case 'continue':
      return page.turnCommands.continue(turnId);
    case 'raiseLimit':
      if (await raiseLimit(context)) await page.turnCommands.continue(turnId);
      return;
    case 'choose':
      return page.session.choose(turnId);
    case 'delete':
      return deleteTurn(page, turnId);
    default:
      return action satisfies never;
  }
}

async function deleteTurn({ session }: ChatPage, turnId: string): Promise<void> {
  const restore = session.remove(turnId);
  if (!restore) return;
  const undo = { title: vscode.l10n.t('Undo') };
  const answer = await showInformation(vscode.l10n.t('Deleted the question and its answer.'), undo);
  if (answer === undo) restore();
}

/**
 * Asks for a higher token limit for this conversation's answers.
 * @returns whether it was raised.
 */
export async function raiseLimit({ page, settings }: TurnContext): Promise<boolean> {
  const { session } = page;
  const connection = requireConnection(settings);
  const { field, tokens } = answerLimit(connection, session.conversation.parameters);
  const isRefused = settings.adaptation(connection).omitted.includes(field);
  const limit = isRefused ? undefined : tokens;
  const least = (limit ?? 0) + 1;
  const { askText } = await import('../window/pickers.ts');
  const value = await askText({
    title: vscode.l10n.t('Raise token limit'),
    prompt:
      limit === undefined
        ? vscode.l10n.t(
            "Maximum number of tokens in an answer ({0}). It wasn't sent, so the server's limit applied.",
            field,
          )
        : vscode.l10n.t('Maximum number of tokens in an answer ({0}). It was {1}.', field, limit),
    value: String(limit === undefined ? 4096 : limit * 2),
    validateInput: (text) =>
      /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) && Number(text) >= least
        ? undefined
        : vscode.l10n.t('Enter a whole number, at least {0}.', least),
  });
  if (value === undefined) return false;
  // The user wants the field sent; the server may reject it again.
  if (isRefused) await settings.revokeRefusal(connection, field);
  session.setParameter('max_tokens', Number(value));
  return true;
}
