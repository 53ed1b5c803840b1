import * as vscode from 'vscode';
import type { LoadActions } from './actions/actions.ts';
import type { ChatController } from './chat/chatPage.ts';
import type { CodeBlockActions } from './edit/codeBlockActions.ts';
import { answerMarkdown } from './conversation/citationLinks.ts';
import type { ContextCompletions } from './context/contextCompletions.ts';
import { parseSource } from './context/source.ts';
import type { ErrorActionContext } from './chat/errorActions.ts';
import type { PageMessage } from './chat/pageWebview.ts';
import { openSettings } from './connections/activeConnection.ts';
import type { Settings } from './settings/settings.ts';
import type { CompletionItem, ToHost, TooLongChoice } from './shared/protocol.ts';

type TurnMessage<Type extends 'turn' | 'errorAction'> = Extract<ToHost, { type: Type }>;

type CompletionQuery = Extract<ToHost, { type: 'complete' }>;

/** What the page's messages do. */
export interface PageContext extends ErrorActionContext {
  /** The page that speaks. */
  readonly chat: ChatController;
  readonly actions: LoadActions;
  /** Loaded when it is wanted. */
  readonly codeBlockActions: () => Promise<CodeBlockActions>;
  readonly completions: ContextCompletions;
}

/** Does what a message of the page asks for. What it throws is shown above the input. */
export async function handlePageMessage(context: PageContext, message: PageMessage): Promise<void> {
  const { settings, endpoints, chat, codeBlockActions, connections } = context;
  switch (message.type) {
    case 'inputFocused':
      return endpoints.warm();
    case 'draftChanged':
      return chat.draftChanged(message.text);
    case 'ask':
      return ask(context, message.text, message.tooLong);
    case 'stop':
      return chat.stop();
    case 'newChat':
      return chat.newChat();
    case 'connect':
      return connections.add();
    case 'selectConnection':
      return connections.select('chat');
    case 'showRequest':
      chat.draftChanged(message.text);
      return showDraftRequest(context);
    case 'setParameter':
      return chat.setParameter(message.name, message.value);
    case 'revokeRefusal':
      return revokeRefusal(settings, message.parameter);
    case 'skipWait':
      return chat.session.skipWait();
    case 'openSettings':
      return openSettings();
    case 'complete':
      return complete(context, message);
    case 'attach': {
      const source = parseSource(message.id);
      if (source) await chat.attach([source]);
      return;
    }
    case 'addContext':
      return addContext(context);
    case 'attachUris':
      return attachUris(chat, message.uris);
    case 'attachPaths':
      return attachPaths(chat, message.paths);
    case 'removeAttachment':
      return chat.removeAttachment(message.id);
    case 'openAttachment':
      return openAttachment(chat, message.id);
    case 'openLink':
      return openLink(message.url);
    case 'copyAnswer':
      return copyAnswer(chat, message.turnId);
    case 'turn':
      return turnAction(context, message);
    case 'edit':
      return chat.again.edit(message.turnId, message.text);
    case 'unqueue':
      return chat.unqueue();
    case 'code':
      return (await codeBlockActions()).run(message);
    case 'errorAction':
      return errorAction(context, message);
    default:
      return message satisfies never;
  }
}

/** A question may begin with an action's name. */
async function ask({ actions, chat }: PageContext, question: string, tooLong?: TooLongChoice): Promise<void> {
  const isRun = question.trimStart().startsWith('/') && (await (await actions()).runSlash(chat, question));
  if (!isRun) await chat.ask(question, tooLong);
}

async function showDraftRequest(context: PageContext): Promise<void> {
  const { showDraftRequest: show } = await import('./actions/draftRequest.ts');
  await show(context.chat, context);
}

async function turnAction(context: PageContext, { action, turnId }: TurnMessage<'turn'>): Promise<void> {
  const { runTurnAction } = await import('./chat/turnActions.ts');
  await runTurnAction(context, action, turnId);
}

async function errorAction(context: PageContext, { action, turnId }: TurnMessage<'errorAction'>): Promise<void> {
  const { runErrorAction } = await import('./chat/errorActions.ts');
  await runErrorAction(context, turnId, action);
}

async function revokeRefusal(settings: Settings, parameter: string): Promise<void> {
  const active = settings.activeConnection;
  if (active.kind === 'connection') await settings.revokeRefusal(active.connection, parameter);
}

async function openAttachment(chat: ChatController, id: string): Promise<void> {
  const attachment = chat.attachment(id);
  if (!attachment) return;
  const { openPlace } = await import('./context/openPlace.ts');
  await openPlace(attachment, chat.anchor(id));
}

/** What the popup of the input offers. */
async function complete(
  { actions, completions, chat }: PageContext,
  { trigger, query }: CompletionQuery,
): Promise<void> {
  const offer = (asked: string, items: readonly CompletionItem[]) =>
    chat.page.send({ type: 'completions', completions: { trigger, query: asked, items } });
  switch (trigger) {
    case '#':
      return completions.complete(query, offer);
    case '/':
      return offer(query, (await actions()).completions(query));
  }
}

async function addContext({ completions, chat }: PageContext): Promise<void> {
  const { pickContext } = await import('./context/contextPicker.ts');
  const sources = await pickContext(completions);
  if (sources.length > 0) await chat.attach(sources);
}

async function attachUris(chat: ChatController, uris: readonly string[]): Promise<void> {
  const { droppedSources } = await import('./context/paths.ts');
  await chat.attach(droppedSources(uris));
}

/** Attaches pasted paths if there is a file at each; they may be anything else. */
async function attachPaths(chat: ChatController, paths: readonly string[]): Promise<void> {
  const { pastedSources } = await import('./context/paths.ts');
  const sources = await pastedSources(paths);
  if (!sources) return;
  if (await chat.attach(sources)) chat.page.send({ type: 'pathsAttached', paths });
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
