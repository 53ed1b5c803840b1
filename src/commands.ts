import * as vscode from 'vscode';
import type { ActionArgument } from './actions/actions.ts';
import { isCancel } from './api/errors.ts';
import type { AskArgument } from './chat/chatPage.ts';
import type { Chats } from './chat/chatPages.ts';
import type { ContextCompletions } from './context/contextCompletions.ts';
import { openEditor } from './context/openEditors.ts';
import type { ContextSource } from './context/source.ts';
import type { Edits } from './edit/edits.ts';
import { endpointCommands, type EndpointContext } from './connectionCommands.ts';
import type { History } from './chat/history.ts';
import type { ReplaceSelectionArgument } from './edit/replaceSelection.ts';
import { builtInIds } from './prompt/actionIds.ts';

/** What the commands act on. */
export interface CommandContext extends EndpointContext {
  readonly chat: Chats;
  readonly completions: ContextCompletions;
  readonly edits: Edits;
  /** Loaded when it is wanted. */
  readonly history: () => Promise<History>;
}

/** Each command and what it does. The arguments are what a keybinding, a code lens or another extension gave. */
const commands = {
  'askance.askAboutSelection': ({ chat }, argument) => chat.askAboutSelection(askArgument(argument)),
  'askance.replaceSelection': async ({ edits }, argument) =>
    (await edits.tools).replaceSelection.run(replaceArgument(argument)),
  'askance.runAction': async ({ actions }, argument) => (await actions()).run(actionArgument(argument)),
  'askance.explainTerminalSelection': async ({ chat }) => {
    const { explainTerminalSelection } = await import('./actions/explainTerminal.ts');
    await explainTerminalSelection(chat);
  },
  'askance.writeCommitMessage': async ({ chat, settings }, sourceControl) => {
    const { writeCommitMessage } = await import('./actions/commitMessage.ts');
    const root = field(sourceControl, 'rootUri');
    await writeCommitMessage(chat, settings, root instanceof vscode.Uri ? root : undefined);
  },
  'askance.newChat': ({ chat }) => {
    chat.newChat();
    return chat.focus();
  },
  'askance.focusChat': ({ chat }) => chat.focus(),
  'askance.showHistory': async ({ history }) => (await history()).show(),
  'askance.exportChat': async ({ history }) => (await history()).export(),
  'askance.importChats': async ({ history }) => (await history()).import(),
  'askance.renameChat': async ({ history }) => (await history()).rename(),
  'askance.deleteChat': async ({ history }) => (await history()).delete(),
  'askance.openChatInEditor': ({ chat }) => chat.openIn('editor'),
  'askance.openChatInNewWindow': ({ chat }) => chat.openIn('window'),
  'askance.addContext': async ({ chat, completions }) => {
    const { pickContext } = await import('./context/contextPicker.ts');
    const sources = await pickContext(completions);
    if (sources.length > 0) await chat.attach(sources);
  },
  'askance.addFiles': ({ chat }, uri, uris) => chat.attach(fileArguments(uri, uris)),
  'askance.addTerminalSelection': ({ chat }) => chat.attach([{ kind: 'terminal' }]),
  'askance.stop': ({ chat, edits }) => {
    chat.stop();
    edits.stop();
  },
  ...endpointCommands,
  'askance.stopWriting': async ({ edits }) => (await edits.tools).reviews.stopHere(),
  'askance.keepReplacement': async ({ edits }, id, hunk) =>
    (await edits.tools).reviews.keep(numberArgument(id), numberArgument(hunk)),
  'askance.undoReplacement': async ({ edits }, id, hunk) =>
    (await edits.tools).reviews.undo(numberArgument(id), numberArgument(hunk)),
  'askance.compareReplacement': async ({ edits }, id) => (await edits.tools).reviews.compare(numberArgument(id)),
  'askance.refineReplacement': async ({ edits }, argument) =>
    (await edits.tools).reviews.followUp('refine', numberArgument(argument), replaceArgument(argument).instruction),
  'askance.retryReplacement': async ({ edits }, id) =>
    (await edits.tools).reviews.followUp('retry', numberArgument(id)),
  'askance.retryWithReplacement': async ({ edits }, id) =>
    (await edits.tools).reviews.followUp('retryWith', numberArgument(id)),
  'askance.keepChange': async ({ edits }) => (await edits.tools).reviews.atCursor('keep'),
  'askance.undoChange': async ({ edits }) => (await edits.tools).reviews.atCursor('undo'),
  'askance.nextChange': async ({ edits }) => (await edits.tools).reviews.next(),
  'askance.acceptProposal': async ({ edits }, uri) => (await edits.tools).proposals.accept(uriArgument(uri)),
  'askance.discardProposal': async ({ edits }, uri) => (await edits.tools).proposals.discard(uriArgument(uri)),
  'askance.refineProposal': async ({ edits }, argument) =>
    (await edits.tools).proposals.followUp('refine', uriArgument(argument), replaceArgument(argument).instruction),
  'askance.retryProposal': async ({ edits }, uri) => (await edits.tools).proposals.followUp('retry', uriArgument(uri)),
  'askance.retryWithProposal': async ({ edits }, uri) =>
    (await edits.tools).proposals.followUp('retryWith', uriArgument(uri)),
  'askance.sendInstructionToChat': async ({ edits }) => (await edits.tools).input.sendToChat(),
} satisfies Record<string, Run>;

type Run = (context: CommandContext, first: unknown, second: unknown) => unknown;

/** A command for each action that Askance brings. */
const actionCommands: Readonly<Record<string, Run>> = Object.fromEntries(
  builtInIds.map((id) => [
    `askance.action.${id}`,
    async ({ actions }: CommandContext) => (await actions()).run({ id }),
  ]),
);

/** Registers every command. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Run>({ ...commands, ...actionCommands }).map(([id, run]) =>
      vscode.commands.registerCommand(id, (...[first, second]: readonly unknown[]) =>
        notifyOfErrors(async () => run(context, first, second)),
      ),
    ),
  );
}

/** The one place where an error becomes a notification. A cancel is none. */
async function notifyOfErrors<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!isCancel(error)) void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** The explorer hands over the file that was clicked and all that are selected; the palette means the active editor. */
function fileArguments(uri: unknown, uris: unknown): readonly ContextSource[] {
  const selected = Array.isArray(uris) ? uris.filter((each) => each instanceof vscode.Uri) : [];
  const active = uri instanceof vscode.Uri ? uri : openEditor();
  if (!active) throw new Error(vscode.l10n.t('No file is open. Open one, or choose it in the explorer.'));
  return (selected.length > 0 ? selected : [active]).map((each) => ({ kind: 'file', uri: each }));
}

function askArgument(value: unknown): AskArgument {
  const question = field(value, 'question');
  return {
    ...(typeof question === 'string' && { question }),
    ...(field(value, 'send') === true && { send: true }),
  };
}

function replaceArgument(value: unknown): ReplaceSelectionArgument {
  const instruction = field(value, 'instruction');
  const connection = field(value, 'connection');
  return {
    ...(typeof instruction === 'string' && { instruction }),
    ...(field(value, 'keep') === true && { keep: true }),
    ...(typeof connection === 'string' && { connection }),
  };
}

/** A key gives the id alone, or an object; the lightbulb and the lenses say where. */
function actionArgument(value: unknown): ActionArgument {
  const id = typeof value === 'string' ? value : field(value, 'id');
  const uri = field(value, 'uri');
  const range = field(value, 'range');
  return {
    ...(typeof id === 'string' && { id }),
    ...(uri instanceof vscode.Uri && range instanceof vscode.Range && { place: { uri, range } }),
  };
}

function numberArgument(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A code lens gives the text, the button of an editor's title the URI itself. */
function uriArgument(value: unknown): string | undefined {
  return typeof value === 'string' ? value : value instanceof vscode.Uri ? value.toString() : undefined;
}

/** Menus hand over URIs and groups instead of an argument of ours; they lack our fields. */
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
