import * as vscode from 'vscode';
import type { ActionArgument } from './actions/actions.ts';
import type { AskArgument } from './chat/pageInput.ts';
import type { ReplaceSelectionArgument } from './edit/replaceSelection.ts';

/**
 * Arguments of commands. They come from keybindings, code lenses, menus, other extensions and, through task inputs,
 * from a workspace; VS Code doesn't say which. A workspace may start a command but must not send a question or change
 * code unseen: if its files call Askance, arguments are only offered to the user.
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

/** A keybinding passes an id or an object; the lightbulb and lenses pass the place. The actions are the user's own. */
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

/** A code lens passes a string, the editor title's button a URI. */
function uriArgument(value: unknown): string | undefined {
  return typeof value === 'string' ? value : value instanceof vscode.Uri ? value.toString() : undefined;
}

/** A lens gives the number of a review or the URI of a proposal, the title of an editor the URI of its file. */
export function editArgument(value: unknown): number | string | undefined {
  return numberArgument(value) ?? uriArgument(value);
}

/** Menus pass URIs and groups instead of our arguments; they lack our fields. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Sections with inputs of type `command`, each of which calls a command with arguments chosen by the workspace. */
const inputSections = ['tasks', 'launch', 'mcp'] as const;

/** Whether files of the workspace call an Askance command, at any depth of other arguments. */
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

/** Whether the argument came neither from the lightbulb nor from a lens. */
function isPlain(value: unknown): boolean {
  return !(field(value, 'uri') instanceof vscode.Uri);
}
