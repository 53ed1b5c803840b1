import * as vscode from 'vscode';
import type { ChatController } from './chatController.ts';
import type { Settings } from '../settings.ts';
import type { TurnAction } from '../shared/protocol.ts';

interface TurnContext {
  readonly chat: ChatController;
  readonly settings: Settings;
}

/** Does what the buttons of a question and its answer ask for. */
export async function runTurnAction(context: TurnContext, action: TurnAction, turnId: string): Promise<void> {
  const { session } = context.chat;
  switch (action) {
    case 'regenerate':
      return session.retry(turnId);
    case 'continue':
      return session.continue(turnId);
    case 'raiseLimit':
      if (await raiseLimit(context, turnId)) await session.continue(turnId);
      return;
    case 'choose':
      return session.choose(turnId);
    case 'delete':
      return deleteTurn(context.chat, turnId);
    default:
      return action satisfies never;
  }
}

async function deleteTurn({ session }: ChatController, turnId: string): Promise<void> {
  const restore = session.remove(turnId);
  if (!restore) return;
  const undo = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The question and its answer were deleted.'),
    undo,
  );
  if (answer === undo) restore();
}

/** Asks for a higher `max_tokens`, which holds for this conversation. @returns whether it was raised. */
async function raiseLimit({ chat, settings }: TurnContext, turnId: string): Promise<boolean> {
  const { session } = chat;
  const name = session.turn(turnId)?.answer.profile;
  const profile = settings.profiles.find((each) => each.name === name);
  const limit = session.conversation.parameters.max_tokens ?? profile?.parameters.max_tokens;
  const least = (limit ?? 0) + 1;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Raise the limit of this chat'),
    prompt:
      limit === undefined
        ? vscode.l10n.t(
            'Largest number of tokens of an answer (max_tokens). None was sent: the limit was the server’s.',
          )
        : vscode.l10n.t('Largest number of tokens of an answer (max_tokens); it was {0}.', limit),
    value: String(limit === undefined ? 4096 : limit * 2),
    validateInput: (text) =>
      /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) && Number(text) >= least
        ? undefined
        : vscode.l10n.t('An integer from {0}.', least),
  });
  if (value === undefined) return false;
  session.setParameter('max_tokens', Number(value));
  return true;
}
