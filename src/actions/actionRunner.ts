import * as vscode from 'vscode';
import { captureCursor, type Captured } from '../context/selection.ts';
import type { EditTools } from '../edit/editTools.ts';
import { writeNewFile } from '../edit/newFile.ts';
import { pickLanguage, type Language } from '../languages/languages.ts';
import { expandPrompt, uses, type Action } from '../prompt/actions.ts';
import { selectionName, type Attachment } from '../prompt/context.ts';
import type { Settings } from '../settings/settings.ts';
import type { Lazy } from '../shared/lazy.ts';

/** The inputs of an action. */
export interface ActionRun {
  /** The code it applies to. */
  readonly captured: readonly [Captured, ...Captured[]];
  /** Further attachments. */
  readonly context: readonly Attachment[];
  /** Where code is inserted. */
  readonly cursor: vscode.Position;
  /** The problems to fix, one per line. */
  readonly problems: string;
  /** The user's addition to the prompt. */
  readonly words: string;
  /** Sends a question to the chat. */
  readonly ask: (question: string) => Promise<unknown>;
}

/** Runs one action on code: asks about it, or edits it. */
export class ActionRunner {
  readonly #settings: Settings;
  readonly #edits: Lazy<EditTools>;

  constructor(settings: Settings, edits: Lazy<EditTools>) {
    this.#settings = settings;
    this.#edits = edits;
  }

  /** @returns false if the user cancelled. */
  async run(action: Action, { captured, context, cursor, problems, words, ask }: ActionRun): Promise<boolean> {
    const [{ document }] = captured;
    const written = await this.instruction(action, { captured, problems, words });
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

  /** The prompt for the model. Throws if there is nothing to do; undefined if the user cancelled. */
  async instruction(
    action: Action,
    { captured, problems, words }: Pick<ActionRun, 'captured' | 'problems' | 'words'>,
  ): Promise<{ readonly text: string; readonly language: Language | undefined } | undefined> {
    const [{ attachment }] = captured;
    if (uses(action, 'diagnostics') && problems === '') {
      throw new Error(vscode.l10n.t('There are no problems in this code of {0}.', attachment.path));
    }
    const needsLanguage = uses(action, 'toLanguage');
    const language = needsLanguage
      ? await pickLanguage(vscode.l10n.t('Translate to which language?'), attachment.languageId)
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

  /** Asks before sending code that may contain secrets. */
  async #isConfirmed(captured: readonly Captured[]): Promise<boolean> {
    const [{ confirmed }, { Exclusions }] = await Promise.all([
      import('../context/attachContext.ts'),
      import('../context/exclusions.ts'),
    ]);
    return (await confirmed(captured, new Exclusions(this.#settings.exclude))).length === captured.length;
  }
}
