import * as vscode from 'vscode';
import type { ChatPages } from '../chat/chatPages.ts';
import { captureAt, captureForAction } from '../context/selection.ts';
import type { EditTools } from '../edit/editTools.ts';
import type { Settings } from '../settings/settings.ts';
import type { Lazy } from '../shared/lazy.ts';
import { ActionList } from './actionList.ts';
import type { ActionPlace } from './actionPlace.ts';
import { ActionRunner } from './actionRunner.ts';
import { meantCode } from './meantCode.ts';
import { problemsIn } from './problemsIn.ts';
import { SlashActions } from './slashActions.ts';

/** The argument of `askance.runAction`. */
export interface ActionArgument {
  /** Absent: the user chooses. */
  readonly id?: string;
  /** Absent: the active editor and its selection. */
  readonly place?: ActionPlace;
}

/** Runs actions in the editor. */
export class Actions {
  readonly list: ActionList;
  readonly slash: SlashActions;
  readonly #chats: ChatPages;
  readonly #runner: ActionRunner;

  constructor(settings: Settings, chats: ChatPages, edits: Lazy<EditTools>) {
    this.list = new ActionList(settings);
    this.#runner = new ActionRunner(settings, edits);
    this.slash = new SlashActions(this.list, this.#runner);
    this.#chats = chats;
  }

  /** Runs an action on its code. Throws one sentence if it can't run. */
  async run({ id, place }: ActionArgument): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const document = place ? await vscode.workspace.openTextDocument(place.uri) : editor?.document;
    const action = id === undefined ? await this.list.pick(document) : this.list.find(id);
    if (!action) return;
    const captured = meantCode(
      document && place ? await captureAt(document, place.range) : await captureForAction(editor),
    );
    const meant = place ? [place.range] : captured.map(({ range }) => range);
    await this.#runner.run(action, {
      captured,
      context: [],
      cursor: place?.range.end ?? editor?.selection.end ?? captured[0].range.end,
      problems: problemsIn(captured[0].document, meant),
      words: '',
      ask: (question) => this.#chats.active.input.askAbout(captured, question),
    });
  }
}
