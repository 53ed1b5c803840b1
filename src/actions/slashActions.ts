import * as vscode from 'vscode';
import type { ChatPage } from '../chat/chatPage.ts';
import type { Question } from '../chat/questionDraft.ts';
import { isRequest } from '../connections/requestView.ts';
import { captureForAction } from '../context/selection.ts';
import type { Action } from '../prompt/actions.ts';
import type { ActionList } from './actionList.ts';
import type { ActionRun, ActionRunner } from './actionRunner.ts';
import { meantCode } from './meantCode.ts';
import { problemsIn } from './problemsIn.ts';

/** The code for an action in the chat's input. */
interface MeantCode extends Pick<ActionRun, 'captured' | 'problems'> {
  /** Ids of the draft's attachments. */
  readonly attached: ReadonlySet<string>;
  readonly editor: vscode.TextEditor | undefined;
}

/** Actions at the start of a question in the chat's input, as `/id words`. */
export class SlashActions {
  readonly #list: ActionList;
  readonly #runner: ActionRunner;

  constructor(list: ActionList, runner: ActionRunner) {
    this.#list = list;
    this.#runner = runner;
  }

  /**
   * Runs the action at the start of a question, `/id words`: on the code attached to the draft, else on the editor's.
   * Restores the question if it couldn't run.
   * @returns false if the question doesn't begin with an action.
   */
  async run(page: ChatPage, question: string): Promise<boolean> {
    const slash = this.#slash(question);
    if (!slash) return false;
    page.input.typed('');
    let isRun = false;
    try {
      isRun = await this.#runOnDraft(page, slash.action, slash.words);
    } finally {
      if (!isRun) page.input.putBack(question);
    }
    return true;
  }

  /**
   * The question that `run` would ask in the chat; undefined if it doesn't begin with an action. Throws for an action
   * that edits code.
   */
  async writeOut(page: ChatPage, question: string): Promise<Question | 'cancelled' | undefined> {
    const slash = this.#slash(question);
    if (!slash) return undefined;
    const { action, words } = slash;
    if (action.result !== 'chat') {
      const name = `/${action.id}`;
      throw new Error(vscode.l10n.t('{0} edits code. Only chat requests can be previewed.', name));
    }
    const { captured, attached, problems } = await this.#meantBy(page);
    const written = await this.#runner.instruction(action, { captured, problems, words });
    if (!written) return 'cancelled';
    const code = attached.size > 0 ? [] : captured.map(({ attachment }) => attachment);
    return { text: written.text, attachments: [...page.input.attached, ...code] };
  }

  #slash(question: string): { readonly action: Action; readonly words: string } | undefined {
    const [, id, words = ''] = /^\s*\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(question) ?? [];
    const action = this.#list.all.find((each) => each.id === id);
    return action && { action, words: words.trim() };
  }

  async #runOnDraft(page: ChatPage, action: Action, words: string): Promise<boolean> {
    const { captured, attached, problems, editor } = await this.#meantBy(page);
    const { document } = captured[0];
    const isRun = await this.#runner.run(action, {
      captured,
      context: page.input.attached.filter((attachment) => !attached.has(attachment.id)),
      cursor: editor?.document === document ? editor.selection.end : captured[0].range.end,
      problems,
      words,
      ask: (text) => page.input.askWith(attached.size > 0 ? [] : captured, text),
    });
    if (isRun && action.result !== 'chat') for (const attachment of attached) page.input.removeAttachment(attachment);
    return isRun;
  }

  /** The code attached to the draft, else the editor's. */
  async #meantBy(page: ChatPage): Promise<MeantCode> {
    const attached = page.input.attached.flatMap((attachment) => {
      const anchor = page.anchors.get(attachment.id);
      if (attachment.kind !== 'code' || !anchor) return [];
      return [{ attachment, document: anchor.document, range: anchor.range }];
    });
    // The chat has the focus and may be an editor tab itself.
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    const editor = editors.find((each) => each && !isRequest(each.document));
    const [first, ...others] = attached;
    const captured = first ? ([first, ...others] as const) : meantCode(await captureForAction(editor));
    const problems = problemsIn(
      captured[0].document,
      captured.map(({ range }) => range),
    );
    return { captured, attached: new Set(attached.map(({ attachment }) => attachment.id)), problems, editor };
  }
}
