import * as vscode from 'vscode';
import type { ActionArgument } from './actions/actions.ts';
import type { AskArgument } from './chat/pageInput.ts';
import type { ReplaceSelectionArgument } from './edit/replaceSelection.ts';

/**
 * The arguments of commands, which come from keybindings, code lenses, menus and other extensions, and by way of inputs of
 * tasks from a workspace. VS Code does not say which. A workspace may start a command, but not send a question or change code
 * unseen: where its files call Askance, what an argument says is offered to the user and no more.
 */

/** The argument of `askance.askAboutSelection`. */
export function askArgument(value: unknown): AskArgument {
  const question = field(value, 'question');
  return {
    ...(typeof question === 'string' && { question }),
    ...(field(value, 'send') === true && !workspaceCallsAskance() && { send: true }),
  };
}

/** The argument of `askance.replaceSelection`. */
export function replaceArgument(value: unknown): ReplaceSelectionArgument {
  const instruction = field(value, 'instruction');
  const connection = field(value, 'connection');
  if (typeof instruction === 'string' && workspaceCallsAskance()) return {};
  return {
    ...(typeof instruction === 'string' && { instruction }),
    ...(field(value, 'keep') === true && !workspaceCallsAskance() && { keep: true }),
    ...(typeof connection === 'string' && { connection }),
  };
}

/** A key gives the id alone, or an object; the lightbulb and the lenses say where. The actions are the user's own. */
export function actionArgument(value: unknown): ActionArgument {
  const id = typeof value === 'string' ? value : field(value, 'id');
  const uri = field(value, 'uri');
  const range = field(value, 'range');
  const isGiven = typeof id === 'string' && !(isPlain(value) && workspaceCallsAskance());
  return {
    ...(isGiven && { id }),
    ...(uri instanceof vscode.Uri && range instanceof vscode.Range && { place: { uri, range } }),
  };
}

export function numberArgument(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A code lens gives the text, the button of an editor's title the URI itself. */
export function uriArgument(value: unknown): string | undefined {
  return typeof value === 'string' ? value : value instanceof vscode.Uri ? value.toString() : undefined;
}

/** A lens gives the number of a review, or the URI of a proposal. */
export function editArgument(value: unknown): number | string | undefined {
  return numberArgument(value) ?? uriArgument(value);
}

/** Menus hand over URIs and groups instead of an argument of ours; they lack our fields. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Where inputs of type `command` are: each calls a command with an argument of the workspace's choice. */
const inputSections = ['tasks', 'launch', 'mcp'] as const;

/** Whether files of the workspace call a command of Askance, however deep among the arguments of others. */
function workspaceCallsAskance(): boolean {
  const folders = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return inputSections.some((section) =>
    folders.some((folder) => {
      const inputs = vscode.workspace.getConfiguration(section, folder).inspect<unknown>('inputs');
      return namesAskance([inputs?.workspaceValue, inputs?.workspaceFolderValue]);
    }),
  );
}

function namesAskance(value: unknown): boolean {
  if (typeof value === 'string') return /\baskance\./i.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(namesAskance);
}

/** Neither the lightbulb nor a lens gave it. */
function isPlain(value: unknown): boolean {
  return !(field(value, 'uri') instanceof vscode.Uri);
}
