import type * as vscode from 'vscode';
import { Chats } from './chats.ts';
import { CodeBlockActions } from './codeBlockActions.ts';
import { registerCommands } from './commands.ts';
import { ContextCompletions } from './contextCompletions.ts';
import { Diagnosis } from './diagnose.ts';
import { Terminals } from './editor/terminals.ts';
import { Edits } from './edits.ts';
import { Endpoints } from './endpoints.ts';
import { handlePageMessage } from './pageMessages.ts';
import { Settings } from './settings.ts';

/** Builds the objects and wires them; the heavy packages wait until something is asked. */
export function activate({ subscriptions, secrets, extensionUri, globalState }: vscode.ExtensionContext): void {
  const settings = new Settings(secrets);
  const endpoints = new Endpoints(settings);
  const completions = new ContextCompletions(settings);
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
  const edits = new Edits({ settings, endpoints, chat: chats, globalState });
  const codeBlockActions = new CodeBlockActions(chats, edits, terminals);
  const diagnosis = new Diagnosis(endpoints);
  const handlers = registerCommands({ settings, chat: chats, completions, edits, diagnosis });
  subscriptions.push(endpoints, edits, terminals, chats, diagnosis, handlers);
}
