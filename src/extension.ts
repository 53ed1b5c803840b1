import type * as vscode from 'vscode';
import { registerActionOffers } from './actions/actionOffers.ts';
import type { Actions } from './actions/actions.ts';
import { ChatPages } from './chat/chatPages.ts';
import { Storage } from './chat/storage.ts';
import { registerCommands } from './commands.ts';
import { ConnectionActions } from './connections/connectionActions.ts';
import { Diagnosis } from './connections/diagnose.ts';
import { Endpoints } from './connections/endpoints.ts';
import { RequestView } from './connections/requestView.ts';
import { Terminals } from './documents/terminals.ts';
import { unfinishedKey } from './documents/unfinishedKey.ts';
import type { EditServices } from './edit/editContext.ts';
import { registerPageMessages } from './pageMessages.ts';
import type { Services } from './services.ts';
import { Settings } from './settings/settings.ts';
import { Lazy } from './shared/lazy.ts';

let flush: () => Promise<void> = async () => undefined;

/** Undoes what is provisional and saves what isn't written yet; VS Code awaits it before shutting down. */
export function deactivate(): Promise<void> {
  return flush();
}

/** Creates and connects the objects; heavy packages are loaded on first use. */
export function activate({
  subscriptions,
  secrets,
  extensionUri,
  globalState,
  workspaceState,
  globalStorageUri,
  storageUri,
}: vscode.ExtensionContext): void {
  const settings = new Settings(secrets, globalState);
  const endpoints = new Endpoints(settings);
  const connections = new ConnectionActions(settings, endpoints);
  const diagnosis = new Diagnosis(endpoints);
  const requests = new RequestView();
  const completions = new Lazy(async () => {
    const { ContextCompletions } = await import('./context/contextCompletions.ts');
    return new ContextCompletions(settings);
  });
  const terminals = new Terminals();
  const storage = new Storage({ globalStorageUri, storageUri, workspaceState });
  const chats = new ChatPages({ settings, endpoints, storage, extensionUri });
  const history = new Lazy(async () => {
    const { History } = await import('./chat/history.ts');
    return new History(chats, storage.conversations, await storage.library.load());
  });
  const edits = new Lazy(async () => {
    const { EditTools } = await import('./edit/editTools.ts');
    const offeredActions: EditServices['offeredActions'] = async (document) =>
      (await actions.load()).list.offeredFor(document);
    const shared = { settings, endpoints, connections, diagnosis, requests, chats };
    return new EditTools({ ...shared, extensionUri, globalState, workspaceState, offeredActions });
  });
  const actions: Lazy<Actions> = new Lazy(async () => {
    const { Actions: Made } = await import('./actions/actions.ts');
    return new Made(settings, chats, edits);
  });
  const services: Services = {
    settings,
    endpoints,
    connections,
    diagnosis,
    requests,
    chats,
    completions,
    terminals,
    history,
    actions,
    edits,
  };
  flush = async () => {
    await Promise.all([edits.made?.reviews.end(), chats.flush(), storage.end()]);
  };
  setImmediate(() => {
    void storage.tidy();
    // Edits that were still provisional when the previous window closed.
    if (workspaceState.get(unfinishedKey) !== undefined)
      void edits.load().then(({ unfinished }) => unfinished.takeBack());
  });
  subscriptions.push(
    settings,
    endpoints,
    { dispose: () => edits.made?.dispose() },
    terminals,
    storage,
    chats,
    registerActionOffers(settings, actions),
    diagnosis,
    requests,
    registerCommands(services),
    registerPageMessages(services),
  );
}
