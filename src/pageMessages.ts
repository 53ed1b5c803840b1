import * as vscode from 'vscode';
import type { ChatController } from './chatController.ts';
import type { CodeBlockActions } from './codeBlockActions.ts';
import { answerMarkdown } from './chat/export.ts';
import { connect } from './connect.ts';
import type { Endpoints } from './endpoints.ts';
import type { PageMessage } from './panel/chatPage.ts';
import { openSettings, selectProfile, setApiKey } from './profileCommands.ts';
import type { Settings } from './settings.ts';
import type { ErrorActionId } from './shared/protocol.ts';

/** What the page's messages do. */
export interface PageContext {
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  /** The page that speaks. */
  readonly chat: ChatController;
  readonly codeBlockActions: CodeBlockActions;
}

/** Does what a message of the page asks for. What it throws is shown above the input. */
export async function handlePageMessage(context: PageContext, message: PageMessage): Promise<void> {
  const { settings, endpoints, chat, codeBlockActions } = context;
  switch (message.type) {
    case 'inputFocused':
      return endpoints.warm();
    case 'draftChanged':
      return chat.draftChanged(message.text);
    case 'ask':
      return chat.ask(message.text);
    case 'stop':
      return chat.stop();
    case 'newChat':
      return chat.newChat();
    case 'connect':
      return connect(settings);
    case 'openSettings':
      return openSettings();
    case 'removeAttachment':
      return chat.removeAttachment(message.id);
    case 'openAttachment':
      return openAttachment(chat, message.id);
    case 'openLink':
      return openLink(message.url);
    case 'copyAnswer':
      return copyAnswer(chat, message.turnId);
    case 'code':
      return codeBlockActions.run(message);
    case 'errorAction':
      return runErrorAction(context, message.turnId, message.action);
    default:
      return message satisfies never;
  }
}

async function runErrorAction(context: PageContext, turnId: string, action: ErrorActionId): Promise<void> {
  switch (action) {
    case 'retry':
      return context.chat.retry(turnId);
    case 'setApiKey':
      return setApiKey(context.settings);
    case 'openSettings':
      return openSettings();
    case 'selectProfile':
      return selectProfile(context.settings);
    case 'connect':
      return connect(context.settings);
    default:
      return action satisfies never;
  }
}

async function openAttachment(chat: ChatController, id: string): Promise<void> {
  const anchor = chat.anchor(id);
  if (!anchor)
    throw new Error(vscode.l10n.t('This code belongs to an earlier conversation and its place is not known any more.'));
  await vscode.window.showTextDocument(anchor.document.uri, { selection: anchor.range });
}

/** Links of answers lead to the web and nowhere else, whatever a model writes. */
async function openLink(url: string): Promise<void> {
  const uri = vscode.Uri.parse(url, true);
  if (uri.scheme !== 'https' && uri.scheme !== 'http') {
    throw new Error(vscode.l10n.t('Only http and https links are opened.'));
  }
  await vscode.env.openExternal(uri);
}

async function copyAnswer(chat: ChatController, turnId: string): Promise<void> {
  const answer = chat.turn(turnId)?.answer;
  if (answer) await vscode.env.clipboard.writeText(answerMarkdown(answer));
}
