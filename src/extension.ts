import type * as vscode from 'vscode';
import { Chats } from './chats.ts';
import { CodeBlockActions } from './codeBlockActions.ts';
import { registerCommands } from './commands.ts';
import { ContextCompletions } from './contextCompletions.ts';
import { Diagnosis } from './diagnose.ts';
import { Reviews } from './editor/review.ts';
import { Terminals } from './editor/terminals.ts';
import { VirtualTexts } from './editor/virtualTexts.ts';
import { Endpoints } from './endpoints.ts';
import { handlePageMessage } from './pageMessages.ts';
import { ReplaceSelection } from './replaceSelection.ts';
import { Settings } from './settings.ts';

/** Builds the objects and wires them; the heavy packages wait until something is asked. */
export function activate({ subscriptions, secrets, extensionUri }: vscode.ExtensionContext): void {
  const settings = new Settings(secrets);
  const endpoints = new Endpoints(settings);
  const completions = new ContextCompletions(settings);
  const texts = new VirtualTexts();
  const reviews = new Reviews(texts);
  const terminals = new Terminals();
  const chats = new Chats({
    settings,
    endpoints,
    extensionUri,
    onMessage: (chat, message) => {
      handlePageMessage({ settings, endpoints, chat, codeBlockActions, completions }, message).catch((error: unknown) =>
        chat.notify(error instanceof Error ? error.message : String(error)),
      );
    },
  });
  const codeBlockActions = new CodeBlockActions(chats, reviews, texts, terminals);
  const replaceSelection = new ReplaceSelection(endpoints, chats, reviews);
  const diagnosis = new Diagnosis(endpoints);
  const handlers = registerCommands({ settings, chat: chats, completions, reviews, replaceSelection, diagnosis });
  subscriptions.push(endpoints, texts, reviews, terminals, chats, diagnosis, handlers);
}
