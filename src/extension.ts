import type * as vscode from 'vscode';
import { Chats } from './chat/chatPages.ts';
import { registerCommands } from './commands.ts';
import { ContextCompletions } from './context/contextCompletions.ts';
import { Diagnosis } from './connections/diagnose.ts';
import { registerActionOffers } from './actions/actionOffers.ts';
import { Terminals } from './documents/terminals.ts';
import { Edits } from './edit/edits.ts';
import { Endpoints } from './connections/endpoints.ts';
import { handlePageMessage } from './pageMessages.ts';
import { ConnectionActions } from './connections/connectionActions.ts';
import { RequestView } from './connections/requestView.ts';
import { Settings } from './settings/settings.ts';
import { Storage } from './chat/storage.ts';

let flush: () => Promise<void> = async () => undefined;

/** Takes back what is provisional and keeps what is not written yet; VS Code waits for it before it ends. */
export function deactivate(): Promise<void> {
  return flush();
}

/** Builds the objects and wires them; the heavy packages wait until something is asked. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, secrets, extensionUri, globalState, workspaceState } = context;
  const settings = new Settings(secrets, globalState);
  const endpoints = new Endpoints(settings);
  const completions = new ContextCompletions(settings);
  const terminals = new Terminals();
  const storage = new Storage(context);
  const chats = new Chats({
    settings,
    endpoints,
    storage,
    extensionUri,
    onMessage: (chat, message) => {
      handlePageMessage(
        { settings, endpoints, chat, actions, codeBlockActions, completions, connections, diagnosis, requests },
        message,
      ).catch((error: unknown) => chat.notify(error instanceof Error ? error.message : String(error)));
    },
  });
  const history = once(async () => {
    const { History } = await import('./chat/history.ts');
    return new History(chats, storage.conversations);
  });
  const connections = new ConnectionActions(settings, endpoints);
  const diagnosis = new Diagnosis(endpoints);
  const requests = new RequestView();
  const edits = new Edits({
    settings,
    endpoints,
    connections,
    diagnosis,
    requests,
    chat: chats,
    globalState,
    workspaceState,
    offeredActions: async (document) => (await actions()).offeredFor(document),
  });
  flush = async () => {
    await Promise.all([edits.end(), chats.flush()]);
  };
  setImmediate(() => void Promise.all([edits.takeBackUnfinished(), storage.tidy()]));
  const actions = once(async () => {
    const { Actions } = await import('./actions/actions.ts');
    return new Actions(settings, chats, edits);
  });
  const actionOffers = registerActionOffers(settings, actions);
  const codeBlockActions = once(async () => {
    const { CodeBlockActions } = await import('./edit/codeBlockActions.ts');
    return new CodeBlockActions(chats, edits, terminals);
  });
  const handlers = registerCommands({
    settings,
    endpoints,
    chat: chats,
    history,
    actions,
    completions,
    edits,
    connections,
    diagnosis,
    requests,
  });
  subscriptions.push(
    settings,
    endpoints,
    edits,
    terminals,
    storage,
    chats,
    actionOffers,
    diagnosis,
    requests,
    handlers,
  );
}

/** What start-up does not need: it is made when it is wanted first. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}
