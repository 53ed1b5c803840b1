import type * as vscode from 'vscode';
import { Chats } from './ask/chats.ts';
import { registerCommands } from './commands.ts';
import { ContextCompletions } from './ask/contextCompletions.ts';
import { Diagnosis } from './endpoint/diagnose.ts';
import { registerActionOffers } from './actions/actionOffers.ts';
import { Terminals } from './editor/terminals.ts';
import { Edits } from './edit/edits.ts';
import { Endpoints } from './endpoint/endpoints.ts';
import { handlePageMessage } from './pageMessages.ts';
import { ProfileActions } from './endpoint/profileActions.ts';
import { RequestView } from './endpoint/requestView.ts';
import { Settings } from './settings.ts';
import { Storage } from './ask/storage.ts';

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
        { settings, endpoints, chat, actions, codeBlockActions, completions, profiles, diagnosis, requests },
        message,
      ).catch((error: unknown) => chat.notify(error instanceof Error ? error.message : String(error)));
    },
  });
  const history = once(async () => {
    const { History } = await import('./ask/history.ts');
    return new History(chats, storage.conversations);
  });
  const profiles = new ProfileActions(settings, endpoints);
  const diagnosis = new Diagnosis(endpoints);
  const requests = new RequestView();
  const edits = new Edits({
    settings,
    endpoints,
    profiles,
    diagnosis,
    requests,
    chat: chats,
    globalState,
    workspaceState,
    actions: () => actions(),
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
    profiles,
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
