import type { Translate } from '../shared/l10n.ts';
import { builtInIds, type BuiltInId } from './actionIds.ts';

/** Where the result of an action goes. */
export type ActionResult = 'chat' | 'replace' | 'insert' | 'newFile';

/** A condition on documents, like VS Code's `DocumentFilter`. */
export interface LanguageFilter {
  readonly language?: string;
  readonly scheme?: string;
  readonly pattern?: string;
}

/** A one-step operation on code. */
export interface Action {
  readonly id: string;
  readonly title: string;
  /** May contain variables. */
  readonly prompt: string;
  readonly result: ActionResult;
  /** Documents for which it is offered; empty: all. */
  readonly languages: readonly LanguageFilter[];
  /** The kind of new file; absent: an ordinary one. */
  readonly newFile?: 'tests';
}

/** The variables of a prompt, as `${name}`. */
export interface ActionVariables {
  /** The name of the code that is sent with it. */
  readonly selection: string;
  /** Path of the file in the workspace. */
  readonly file: string;
  /** VS Code's language identifier. */
  readonly language: string;
  /** The problems in the code, one per line; empty if there are none. */
  readonly diagnostics: string;
  /** Name of the programming language that the user chose. */
  readonly toLanguage: string;
}

export const variableNames = ['selection', 'file', 'language', 'diagnostics', 'toLanguage'] as const;

/** Whether the action's prompt uses the variable. */
export function uses({ prompt }: Action, name: keyof ActionVariables): boolean {
  return prompt.includes(`\${${name}}`);
}

/** Fills in the prompt's variables; their values are not expanded again. */
export function expandPrompt({ prompt }: Pick<Action, 'prompt'>, variables: ActionVariables): string {
  return prompt.replaceAll(variable, (_hole, name: keyof ActionVariables) => variables[name]);
}

const variable = new RegExp(String.raw`\$\{(${variableNames.join('|')})\}`, 'g');

/** Languages in which type annotations are optional. */
const looselyTyped = [
  'javascript',
  'javascriptreact',
  'lua',
  'php',
  'python',
  'ruby',
  'svelte',
  'typescript',
  'typescriptreact',
  'vue',
];

/** Askance's own actions in display order. */
export function builtInActions(t: Translate): readonly Action[] {
  return builtInIds.map((id) => ({ id, languages: [], ...builtIn[id], title: builtIn[id].title(t) }));
}

/** What an action of Askance's own asks; holds variables. */
export function builtInPrompt(id: BuiltInId): string {
  return builtIn[id].prompt;
}

interface BuiltIn extends Omit<Action, 'id' | 'title' | 'languages'> {
  readonly title: (t: Translate) => string;
  readonly languages?: readonly LanguageFilter[];
}

const builtIn: Readonly<Record<BuiltInId, BuiltIn>> = {
  explain: {
    title: (t) => t('Explain'),
    prompt: 'Explain this code: what it is for, how it works, and what is easy to get wrong about it.',
    result: 'chat',
  },
  explainProblems: {
    title: (t) => t('Explain problems'),
    prompt: 'Explain these problems of the code, what causes them, and what to do about them:\n\n${diagnostics}',
    result: 'chat',
  },
  fixProblems: {
    title: (t) => t('Fix problems'),
    prompt: 'Fix these problems at their cause and change nothing else:\n\n${diagnostics}',
    result: 'replace',
  },
  addComments: {
    title: (t) => t('Add comments'),
    prompt:
      'Add the comments that a reader of this code misses: a documentation comment in the usual form of the language ' +
      'for each definition that lacks one, and inside them short comments that say why, only where the code does not ' +
      'show it. Do not change the code.',
    result: 'replace',
  },
  writeTests: {
    title: (t) => t('Write tests'),
    prompt:
      'Write tests for this code: what it promises, its edge cases, and how it fails. Each test checks one behaviour ' +
      'and is named after it.',
    result: 'newFile',
    newFile: 'tests',
  },
  improve: {
    title: (t) => t('Improve'),
    prompt:
      'Improve this code: mend mistakes, handle the cases that it forgets, and make it clear and idiomatic. Keep what ' +
      'callers see, and its style.',
    result: 'replace',
  },
  simplify: {
    title: (t) => t('Simplify'),
    prompt:
      'Simplify this code without changing what it does: remove what is not needed, flatten what is nested, use what ' +
      'the language offers. Keep the comments that still hold.',
    result: 'replace',
  },
  addTypes: {
    title: (t) => t('Add types'),
    prompt:
      'Add the types that are missing in this code, in the usual form of the language, as exact as the code allows. ' +
      'Change nothing else.',
    result: 'replace',
    languages: looselyTyped.map((language) => ({ language })),
  },
  translate: {
    title: (t) => t('Translate to…'),
    prompt:
      'Translate this code to ${toLanguage}, as someone writes it who is at home there. Keep what it does, and its ' +
      'comments. Reply with one complete file.',
    result: 'newFile',
  },
};

/** The question about terminal output. */
export const explainTerminal =
  'Explain this output of a terminal: what happened, and if something failed, why, and what to do about it.';
