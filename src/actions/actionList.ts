import * as vscode from 'vscode';
import { builtInActions, type Action } from '../prompt/actions.ts';
import { allActions, parseActions } from '../prompt/userActions.ts';
import type { Settings } from '../settings/settings.ts';
import type { CompletionItem } from '../shared/protocol.ts';
import { showWarning } from '../window/notifications.ts';
import { pickOne } from '../window/pickers.ts';

/** All actions: built-in and user-defined. */
export class ActionList {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The user's first. */
  get all(): readonly Action[] {
    return allActions(this.#own.actions, builtInActions(vscode.l10n.t));
  }

  get #own(): ReturnType<typeof parseActions> {
    return parseActions(this.#settings.actions, vscode.l10n.t);
  }

  /** The actions for the document's language. */
  offeredFor(document: vscode.TextDocument): readonly Action[] {
    return this.all.filter(
      ({ languages }) => languages.length === 0 || vscode.languages.match(languages, document) > 0,
    );
  }

  /** The `/` completions of the chat's input. */
  completions(query: string): readonly CompletionItem[] {
    const wanted = query.toLowerCase();
    return this.all
      .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted))
      .toSorted((a, b) => Number(b.id.toLowerCase().startsWith(wanted)) - Number(a.id.toLowerCase().startsWith(wanted)))
      .map((action) => ({
        id: action.id,
        label: `/${action.id}`,
        detail: `${action.title} (${resultName(action)})`,
        icon: 'action',
        meant: true,
        text: `/${action.id} `,
      }));
  }

  /** The action with this id. Throws one sentence if there is none. */
  find(id: string): Action {
    const action = this.all.find((each) => each.id === id);
    if (action) return action;
    const ids = this.all.map((each) => each.id).join(', ');
    throw new Error(vscode.l10n.t("There's no action “{0}”. Available actions: {1}.", id, ids));
  }

  /**
   * Lets the user choose.
   * @param document Filters by its language; undefined: all actions.
   */
  async pick(document: vscode.TextDocument | undefined): Promise<Action | undefined> {
    const { problems } = this.#own;
    if (problems.length > 0) void showWarning(problems.join(' '));
    const items = (document ? this.offeredFor(document) : this.all).map((action) => ({
      label: action.title,
      description: resultName(action),
      action,
    }));
    const picked = await pickOne(items, { title: vscode.l10n.t('Run action') });
    return picked?.action;
  }
}

/** A short label for where an action's result goes. */
function resultName({ result }: Action): string {
  switch (result) {
    case 'chat':
      return vscode.l10n.t('chat');
    case 'replace':
      return vscode.l10n.t('replace');
    case 'insert':
      return vscode.l10n.t('insert');
    case 'newFile':
      return vscode.l10n.t('new file');
    default:
      return result satisfies never;
  }
}
