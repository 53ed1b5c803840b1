import * as vscode from 'vscode';
import type { ChatPage } from '../chat/chatPage.ts';
import type { ChatPages } from '../chat/chatPages.ts';
import type { Question } from '../chat/questionDraft.ts';
import { problemsIn } from './problemsIn.ts';
import type { EditTools } from '../edit/editTools.ts';
import type { ActionPlace } from './actionPlace.ts';
import { captureAt, captureCursor, captureForAction, type Capture, type Captured } from '../context/selection.ts';
import { pickLanguage, type Language } from '../languages/languages.ts';
import { writeNewFile } from '../edit/newFile.ts';
import { isRequest } from '../connections/requestView.ts';
import { builtInActions, expandPrompt, uses, type Action } from '../prompt/actions.ts';
import { selectionName, type Attachment } from '../prompt/context.ts';
import { allActions, parseActions } from '../prompt/userActions.ts';
import type { Settings } from '../settings/settings.ts';
import type { Lazy } from '../shared/lazy.ts';
import type { CompletionItem } from '../shared/protocol.ts';
import { showWarning } from '../window/notifications.ts';
import { pickOne } from '../window/pickers.ts';

/** The argument of `askance.runAction`. */
export interface ActionArgument {
  /** Absent: the user chooses. */
  readonly id?: string;
  /** Absent: the active editor and what is selected there. */
  readonly place?: ActionPlace;
}

/** What an action is run with. */
interface ActionRun {
  /** What it is about. */
  readonly captured: readonly [Captured, ...Captured[]];
  /** What else goes along. */
  readonly context: readonly Attachment[];
  /** Where code is inserted. */
  readonly cursor: vscode.Position;
  /** The problems that are meant, one a line. */
  readonly problems: string;
  /** What the user adds to the prompt. */
  readonly words: string;
  /** Sends a question to the chat. */
  readonly ask: (question: string) => Promise<unknown>;
}

/** The code that an action in the chat's input is about. */
interface MeantCode extends Pick<ActionRun, 'captured' | 'problems'> {
  /** Ids of what is attached to the draft. */
  readonly attached: ReadonlySet<string>;
  readonly editor: vscode.TextEditor | undefined;
}

/** Runs actions: Askance's own, and those of the user. */
export class Actions {
  readonly #settings: Settings;
  readonly #chats: ChatPages;
  readonly #edits: Lazy<EditTools>;

  constructor(settings: Settings, chats: ChatPages, edits: Lazy<EditTools>) {
    this.#settings = settings;
    this.#chats = chats;
    this.#edits = edits;
  }

  /** The user's first. */
  get all(): readonly Action[] {
    return allActions(this.#own.actions, builtInActions(vscode.l10n.t));
  }

  get #own(): ReturnType<typeof parseActions> {
    return parseActions(this.#settings.actions, vscode.l10n.t);
  }

  /** Those for the document's language. */
  offeredFor(document: vscode.TextDocument): readonly Action[] {
    return this.all.filter(
      ({ languages }) => languages.length === 0 || vscode.languages.match(languages, document) > 0,
    );
  }

  /** What `/` offers in the chat's input. */
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
        text: `/${action.id} `,
      }));
  }

  /** Runs an action on the code that is meant. Throws one sentence where it cannot be run. */
  async run({ id, place }: ActionArgument): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const document = place ? await vscode.workspace.openTextDocument(place.uri) : editor?.document;
    const action = id === undefined ? await this.#pick(document) : this.#find(id);
    if (!action) return;
    const captured = some(document && place ? await captureAt(document, place.range) : await captureForAction(editor));
    const meant = place ? [place.range] : captured.map(({ range }) => range);
    await this.#run(action, {
      captured,
      context: [],
      cursor: place?.range.end ?? editor?.selection.end ?? captured[0].range.end,
      problems: problemsIn(captured[0].document, meant),
      words: '',
      ask: (question) => this.#chats.active.input.askAbout(captured, question),
    });
  }

  /**
   * Runs the action that a question begins with, as `/id words`: on the code that is attached to the draft, else on what
   * is meant in the editor. The question is put back where it could not be run.
   * @returns false: it begins with no action.
   */
  async runSlash(page: ChatPage, question: string): Promise<boolean> {
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

  /** What `runSlash` would ask the chat; undefined: the question begins with no action. Throws for one that writes code. */
  async writeOut(page: ChatPage, question: string): Promise<Question | 'cancelled' | undefined> {
    const slash = this.#slash(question);
    if (!slash) return undefined;
    const { action, words } = slash;
    if (action.result !== 'chat') {
      const name = `/${action.id}`;
      throw new Error(
        vscode.l10n.t('{0} writes code; only requests of the chat can be shown before they are sent.', name),
      );
    }
    const { captured, attached, problems } = await this.#meantBy(page);
    const written = await this.#instruction(action, { captured, problems, words });
    if (!written) return 'cancelled';
    const code = attached.size > 0 ? [] : captured.map(({ attachment }) => attachment);
    return { text: written.text, attachments: [...page.input.attached, ...code] };
  }

  #slash(question: string): { readonly action: Action; readonly words: string } | undefined {
    const [, id, words = ''] = /^\s*\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(question) ?? [];
    const action = this.all.find((each) => each.id === id);
    return action && { action, words: words.trim() };
  }

  async #runOnDraft(page: ChatPage, action: Action, words: string): Promise<boolean> {
    const { captured, attached, problems, editor } = await this.#meantBy(page);
    const { document } = captured[0];
    const isRun = await this.#run(action, {
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

  /** The code that is attached to the draft, else that in the editor. */
  async #meantBy(page: ChatPage): Promise<MeantCode> {
    const attached = page.input.attached.flatMap((attachment) => {
      const anchor = page.anchors.get(attachment.id);
      if (attachment.kind !== 'code' || !anchor) return [];
      return [{ attachment, document: anchor.document, range: anchor.range }];
    });
    // The focus is in the chat, which may be an editor tab itself.
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    const editor = editors.find((each) => each && !isRequest(each.document));
    const [first, ...others] = attached;
    const captured = first ? ([first, ...others] as const) : some(await captureForAction(editor));
    const problems = problemsIn(
      captured[0].document,
      captured.map(({ range }) => range),
    );
    return { captured, attached: new Set(attached.map(({ attachment }) => attachment.id)), problems, editor };
  }

  #find(id: string): Action {
    const action = this.all.find((each) => each.id === id);
    if (action) return action;
    const ids = this.all.map((each) => each.id).join(', ');
    throw new Error(vscode.l10n.t('There is no action “{0}”. There are: {1}.', id, ids));
  }

  async #pick(document: vscode.TextDocument | undefined): Promise<Action | undefined> {
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

  /** @returns false where the user gave up. */
  async #run(action: Action, { captured, context, cursor, problems, words, ask }: ActionRun): Promise<boolean> {
    const [{ document }] = captured;
    const written = await this.#instruction(action, { captured, problems, words });
    if (!written || !(await this.#isConfirmed(captured))) return false;
    const { text: instruction, language } = written;
    const code = captured.map((each) => each.attachment);
    const { replaceSelection } = await this.#edits.load();
    switch (action.result) {
      case 'chat':
        await ask(instruction);
        return true;
      case 'replace':
        void replaceSelection.run({ instruction, captured, context });
        return true;
      case 'insert':
        void replaceSelection.run({
          instruction,
          captured: [captureCursor(document, cursor)],
          context: [...code, ...context],
        });
        return true;
      case 'newFile':
        return writeNewFile(replaceSelection, {
          instruction,
          document,
          context: [...code, ...context],
          languageId: language?.id ?? document.languageId,
          isTest: action.newFile === 'tests',
          exclude: this.#settings.exclude,
        });
      default:
        return action.result satisfies never;
    }
  }

  /** What the model is told. Throws where there is nothing to do; undefined where the user gave up. */
  async #instruction(
    action: Action,
    { captured, problems, words }: Pick<ActionRun, 'captured' | 'problems' | 'words'>,
  ): Promise<{ readonly text: string; readonly language: Language | undefined } | undefined> {
    const [{ attachment }] = captured;
    if (uses(action, 'diagnostics') && problems === '') {
      throw new Error(vscode.l10n.t('There are no problems in this code of {0}.', attachment.path));
    }
    const needsLanguage = uses(action, 'toLanguage');
    const language = needsLanguage
      ? await pickLanguage(vscode.l10n.t('Into which language?'), attachment.languageId)
      : undefined;
    if (needsLanguage && !language) return undefined;
    const prompt = expandPrompt(action, {
      selection: selectionName(captured.map((each) => each.attachment)),
      file: attachment.path,
      language: attachment.languageId,
      diagnostics: problems,
      toLanguage: language?.title ?? '',
    });
    return { text: words === '' ? prompt : `${prompt}\n\n${words}`, language };
  }

  /** What may hold secrets is sent only if the user says so. */
  async #isConfirmed(captured: readonly Captured[]): Promise<boolean> {
    const [{ confirmed }, { Exclusions }] = await Promise.all([
      import('../context/attachContext.ts'),
      import('../context/exclusions.ts'),
    ]);
    return (await confirmed(captured, new Exclusions(this.#settings.exclude))).length === captured.length;
  }
}

function some(capture: Capture): readonly [Captured, ...Captured[]] {
  if (capture.kind === 'nothing') throw new Error(capture.reason);
  const [first, ...others] = capture.captured;
  if (first) return [first, ...others];
  throw new Error(vscode.l10n.t('There is no code to work on. Select some.'));
}

/** Where the result of an action goes, in a word or two. */
function resultName({ result }: Action): string {
  switch (result) {
    case 'chat':
      return vscode.l10n.t('in the chat');
    case 'replace':
      return vscode.l10n.t('replaces the code');
    case 'insert':
      return vscode.l10n.t('inserts code');
    case 'newFile':
      return vscode.l10n.t('in a new file');
    default:
      return result satisfies never;
  }
}
