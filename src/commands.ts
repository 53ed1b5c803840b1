import * as vscode from 'vscode';
import { isCancel } from './api/errors.ts';
import {
  actionArgument,
  askArgument,
  editArgument,
  field,
  numberArgument,
  replaceArgument,
} from './commandArguments.ts';
import { openEditor } from './context/openEditors.ts';
import type { ContextSource } from './context/source.ts';
import type { EditTools } from './edit/editTools.ts';
import { builtInIds } from './prompt/actionIds.ts';
import type { Services } from './services.ts';
import { showError } from './window/notifications.ts';

type Run = (services: Services, first: unknown, second: unknown) => unknown;

/** Wraps a command that edits code, loading the edit tools on demand. */
function edit(run: (tools: EditTools, first: unknown, second: unknown) => unknown): Run {
  return async ({ edits }, first, second) => run(await edits.load(), first, second);
}

const loadSecrets = () => import('./connections/connectionSecrets.ts');

/** The commands. Arguments come from keybindings, code lenses or other extensions. */
const commands = {
  // #region Chat
  'askance.askAboutSelection': ({ chats }, argument) => chats.active.input.askAboutSelection(askArgument(argument)),
  'askance.addContext': async ({ chats, completions }) => {
    const { pickContext } = await import('./context/contextPicker.ts');
    const sources = await pickContext(await completions.load());
    if (sources.length > 0) await chats.active.input.attach(sources);
  },
  'askance.addFiles': ({ chats }, uri, uris) => chats.active.input.attach(fileArguments(uri, uris)),
  'askance.addTerminalSelection': ({ chats }) => chats.active.input.attach([{ kind: 'terminal' }]),
  'askance.stop': ({ chats, edits }) => {
    chats.active.session.stop();
    edits.made?.reviews.stop();
  },
  'askance.showRequest': async (services) => {
    const { showDraftRequest } = await import('./actions/draftRequest.ts');
    await showDraftRequest(services.chats.active, services);
  },
  'askance.copyRequestAsCurl': ({ requests }) => requests.copyAsCurl(),
  'askance.newChat': ({ chats: { active } }) => {
    active.newChat();
    return active.webview.show();
  },
  'askance.focusChat': ({ chats }) => chats.active.webview.show(),
  'askance.openChatInEditor': ({ chats }) => chats.openIn('editor'),
  'askance.openChatInNewWindow': ({ chats }) => chats.openIn('window'),
  'askance.showHistory': async ({ history }) => (await history.load()).show(),
  'askance.exportChat': async ({ history }) => (await history.load()).export(),
  'askance.importChats': async ({ history }) => (await history.load()).import(),
  'askance.renameChat': async ({ history }) => (await history.load()).rename(),
  'askance.deleteChat': async ({ history }) => (await history.load()).delete(),
  // #endregion

  // #region Actions
  'askance.runAction': async ({ actions }, argument) => (await actions.load()).run(actionArgument(argument)),
  'askance.explainTerminalSelection': async ({ chats }) => {
    const { captureTerminalSelection } = await import('./context/terminalSelection.ts');
    const { explainTerminal } = await import('./prompt/actions.ts');
    await chats.active.input.askAbout([{ attachment: await captureTerminalSelection() }], explainTerminal);
  },
  'askance.writeCommitMessage': async ({ chats, settings }, sourceControl) => {
    const { writeCommitMessage } = await import('./actions/commitMessage.ts');
    const root = field(sourceControl, 'rootUri');
    await writeCommitMessage(chats, settings, root instanceof vscode.Uri ? root : undefined);
  },
  // #endregion

  // #region Connections
  'askance.connect': ({ connections }) => connections.add(),
  'askance.testConnection': ({ connections }) => connections.test(),
  'askance.diagnoseConnection': ({ diagnosis }) => diagnosis.run(),
  'askance.selectConnection': ({ connections }) => connections.select('chat'),
  'askance.selectEditConnection': ({ connections }) => connections.select('edit'),
  'askance.setParameters': ({ connections }) => connections.setParameters(),
  'askance.duplicateConnection': ({ connections }) => connections.duplicate(),
  'askance.removeConnection': ({ connections }) => connections.remove(),
  'askance.exportConnections': ({ connections }) => connections.exportFile(),
  'askance.importConnections': ({ connections }) => connections.importFile(),
  'askance.setApiKey': async ({ settings }) => void (await (await loadSecrets()).setApiKey(settings)),
  'askance.forgetApiKey': async ({ settings }) => (await loadSecrets()).forgetApiKey(settings),
  'askance.setSecret': async ({ settings }) => void (await (await loadSecrets()).setSecret(settings)),
  'askance.openSettings': ({ connections }) => connections.openSettings(),
  // #endregion

  // #region Edits
  'askance.explainLastEdit': edit(({ lastEdit }) => lastEdit.explain()),
  'askance.replaceSelection': edit(({ replaceSelection }, argument) => replaceSelection.run(replaceArgument(argument))),
  'askance.sendInstructionToChat': edit(({ input }) => input.sendToChat()),
  'askance.stopWriting': edit(({ reviews }) => reviews.stopHere()),
  'askance.keepEdit': edit((tools, which, hunk) => tools.keep(editArgument(which), numberArgument(hunk))),
  'askance.undoEdit': edit((tools, which, hunk) => tools.undo(editArgument(which), numberArgument(hunk))),
  'askance.compareEdit': edit(({ reviews }, which) => reviews.compare(editArgument(which))),
  'askance.showRemovedLines': edit(({ reviews }, which, hunk) =>
    reviews.showRemovedLines(editArgument(which), numberArgument(hunk)),
  ),
  'askance.moreEdit': edit((tools, which, hunk) => tools.more(editArgument(which), numberArgument(hunk))),
  'askance.showEditProblems': edit((tools, which) => tools.showProblems(editArgument(which))),
  'askance.fixEditProblems': edit((tools, which) => tools.fixProblems(editArgument(which))),
  'askance.refineEdit': edit((tools, argument) =>
    tools.followUp('refine', editArgument(argument), replaceArgument(argument).instruction),
  ),
  'askance.retryEdit': edit((tools, argument) => tools.followUp('retry', editArgument(argument))),
  'askance.retryEditWith': edit((tools, argument) => tools.followUp('retryWith', editArgument(argument))),
  'askance.keepChange': edit(({ reviews }) => reviews.atCursor('keep')),
  'askance.undoChange': edit(({ reviews }) => reviews.atCursor('undo')),
  'askance.nextChange': edit(({ reviews }, id, hunk) => reviews.next(numberArgument(id), numberArgument(hunk))),
  // #endregion
} satisfies Record<string, Run>;

/** A command for each built-in action. */
const actionCommands: Readonly<Record<string, Run>> = Object.fromEntries(
  builtInIds.map((id) => [`askance.action.${id}`, async ({ actions }: Services) => (await actions.load()).run({ id })]),
);

/** Registers every command. */
export function registerCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Run>({ ...commands, ...actionCommands }).map(([id, run]) =>
      vscode.commands.registerCommand(id, (...[first, second]: readonly unknown[]) =>
        notifyOfErrors(async () => run(services, first, second)),
      ),
    ),
  );
}

/** The one place where an error becomes a notification. A cancel is not an error. */
async function notifyOfErrors<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!isCancel(error)) void showError(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/**
 * The explorer passes the clicked file and all selected ones; the palette passes nothing and means the active editor.
 */
function fileArguments(uri: unknown, uris: unknown): readonly ContextSource[] {
  const selected = Array.isArray(uris) ? uris.filter((each) => each instanceof vscode.Uri) : [];
  const active = uri instanceof vscode.Uri ? uri : openEditor();
  if (!active) throw new Error(vscode.l10n.t('No file is open. Open one, or select it in the Explorer.'));
  return (selected.length > 0 ? selected : [active]).map((each) => ({ kind: 'file', uri: each }));
}
