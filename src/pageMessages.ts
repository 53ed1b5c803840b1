import * as vscode from 'vscode';
import type { ChatPage } from './chat/chatPage.ts';
import { answerMarkdown } from './conversation/citationLinks.ts';
import { parseSource } from './context/source.ts';
import type { PageMessage } from './chat/pageWebview.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings/settings.ts';
import type { CompletionItem, ToHost, TooLongChoice } from './shared/protocol.ts';

type TurnMessage<Type extends 'turn' | 'errorAction'> = Extract<ToHost, { type: Type }>;

type CompletionQuery = Extract<ToHost, { type: 'complete' }>;

/** The context of a message: the page that sent it, and the extension's services. */
interface PageContext extends Services {
  readonly page: ChatPage;
}

/** Handles the pages' messages. Errors are shown above the page's input. */
export function registerPageMessages(services: Services): vscode.Disposable {
  return services.chats.onMessage(({ page, message }) => {
    handle({ ...services, page }, message).catch((error: unknown) =>
      page.notify(error instanceof Error ? error.message : String(error)),
    );
  });
}

async function handle(context: PageContext, message: PageMessage): Promise<void> {
  const { settings, endpoints, page, connections } = context;
  switch (message.type) {
    case 'inputFocused':
      return endpoints.warm();
    case 'draftChanged':
      return page.input.typed(message.text);
    case 'ask':
      return ask(context, message.text, message.tooLong);
    case 'stop':
      return page.session.stop();
    case 'newChat':
      return page.newChat();
    case 'connect':
      return connections.add();
    case 'selectConnection':
      return connections.select('chat');
    case 'showRequest':
      page.input.typed(message.text);
      return showDraftRequest(context);
    case 'setParameter':
      return page.setParameter(message.name, message.value);
    case 'revokeRefusal':
      return revokeRefusal(settings, message.parameter);
    case 'skipWait':
      return page.session.skipWait();
    case 'openSettings':
      return connections.openSettings();
    case 'complete':
      return complete(context, message);
    case 'attach': {
      const source = parseSource(message.id);
      if (source) await page.input.attach([source], 'page');
      return;
    }
    case 'addContext':
      return addContext(context);
    case 'attachUris':
      return attachUris(page, message.uris);
    case 'attachPaths':
      return attachPaths(page, message.paths);
    case 'removeAttachment':
      return page.input.removeAttachment(message.id);
    case 'openAttachment':
      return openAttachment(page, message.id);
    case 'openLink':
      return openLink(message.url);
    case 'copyAnswer':
      return copyAnswer(page, message.turnId);
    case 'turn':
      return turnAction(context, message);
    case 'edit':
      return page.turnCommands.edit(message.turnId, message.text);
    case 'unqueue':
      return page.input.unqueue();
    case 'code':
      return codeAction(context, message);
    case 'errorAction':
      return errorAction(context, message);
    default:
      return message satisfies never;
  }
}

/** A question may begin with an action's name. */
async function ask({ actions, page }: PageContext, question: string, tooLong?: TooLongChoice): Promise<void> {
  const isRun = question.trimStart().startsWith('/') && (await (await actions.load()).slash.run(page, question));
  if (!isRun) await page.input.ask(question, tooLong);
}

async function showDraftRequest(context: PageContext): Promise<void> {
  const { showDraftRequest: show } = await import('./actions/draftRequest.ts');
  await show(context.page, context);
}

async function codeAction(context: PageContext, message: Extract<ToHost, { type: 'code' }>): Promise<void> {
  const { runCodeBlockAction } = await import('./edit/codeBlockActions.ts');
  await runCodeBlockAction(context, message);
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

async function openAttachment(page: ChatPage, id: string): Promise<void> {
  const attachment = page.attachment(id);
  if (!attachment) return;
  const { openPlace } = await import('./context/openPlace.ts');
  await openPlace(attachment, page.anchors.get(id));
}

/** Items for the input's popup. */
async function complete(
  { actions, completions, page }: PageContext,
  { trigger, query }: CompletionQuery,
): Promise<void> {
  const offer = (asked: string, items: readonly CompletionItem[], isComplete = true) =>
    page.webview.send({ type: 'completions', completions: { trigger, query: asked, items, complete: isComplete } });
  switch (trigger) {
    case '#':
      return (await completions.load()).complete(query, offer);
    case '/':
      return offer(query, (await actions.load()).list.completions(query));
  }
}

async function addContext({ completions, page }: PageContext): Promise<void> {
  const { pickContext } = await import('./context/contextPicker.ts');
  const sources = await pickContext(await completions.load());
  if (sources.length > 0) await page.input.attach(sources);
}

async function attachUris(page: ChatPage, uris: readonly string[]): Promise<void> {
  const { droppedSources } = await import('./context/paths.ts');
  await page.input.attach(droppedSources(uris), 'page');
}

/** Attaches pasted paths if each is a file; the text may be anything else. */
async function attachPaths(page: ChatPage, paths: readonly string[]): Promise<void> {
  const { pastedSources } = await import('./context/paths.ts');
  const sources = await pastedSources(paths);
  if (!sources) return;
  if (await page.input.attach(sources, 'page')) page.webview.send({ type: 'pathsAttached', paths });
}

/** Opens only web links, whatever a model writes. */
async function openLink(url: string): Promise<void> {
  const uri = vscode.Uri.parse(url, true);
  if (uri.scheme !== 'https' && uri.scheme !== 'http') {
    throw new Error(vscode.l10n.t('Only http and https links can be opened.'));
  }
  await vscode.env.openExternal(uri);
}

async function copyAnswer(page: ChatPage, turnId: string): Promise<void> {
  const answer = page.session.turn(turnId)?.answer;
  if (answer) await vscode.env.clipboard.writeText(answerMarkdown(answer));
}
