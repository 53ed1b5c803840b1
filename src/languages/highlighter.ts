import * as vscode from 'vscode';
import type { IOnigLib } from 'vscode-textmate';
import type { ToHost, ToPage } from '../shared/protocol.ts';
import { installedExtensions, loadOniguruma, readGrammar } from './grammarFiles.ts';
import { Grammars } from './grammars.ts';
import { activeThemeRules, themeSettings } from './theme.ts';
import type { ThemeRule } from './themeRules.ts';
import { Tokenizer } from './tokenizer.ts';

export type HighlightRequest = Extract<ToHost, { type: 'highlight' }>;

/** The current grammars and theme. */
interface Looks {
  readonly grammars: Grammars<vscode.Uri>;
  readonly tokenizer: Tokenizer;
  rules: readonly ThemeRule[];
}

/** Highlights code with the user's theme and installed languages. Loaded when there is code to highlight. */
export class Highlighter implements vscode.Disposable {
  readonly #onigLib: Promise<IOnigLib>;
  readonly #send: (message: ToPage) => void;
  readonly #subscriptions: readonly vscode.Disposable[];
  #looks: Promise<Looks>;
  /** Requests are handled in order. */
  #work: Promise<void> = Promise.resolve();

  /** @param dist The folder of `onig.wasm`. */
  constructor(dist: vscode.Uri, send: (message: ToPage) => void) {
    this.#onigLib = loadOniguruma(dist);
    this.#send = send;
    this.#looks = this.#newLooks();
    this.#subscriptions = [
      vscode.window.onDidChangeActiveColorTheme(() => this.#do(() => this.#changeTheme())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (themeSettings.some((name) => event.affectsConfiguration(name))) this.#do(() => this.#changeTheme());
      }),
      vscode.extensions.onDidChange(() => this.#do(() => this.#changeExtensions())),
    ];
  }

  highlight(request: HighlightRequest): void {
    this.#do(() => this.#highlight(request));
  }

  /** Forgets the blocks of a closed page. */
  forget(): void {
    this.#do(async () => (await this.#looks).tokenizer.forget());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#do(async () => (await this.#looks).tokenizer.dispose());
  }

  /** Code that can't be highlighted stays plain, which needs no error message. */
  #do(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => undefined);
  }

  async #highlight({ block, language, from, lines }: HighlightRequest): Promise<void> {
    const answer = { type: 'highlighted', block, from } as const;
    try {
      const { grammars, tokenizer } = await this.#looks;
      const scope = grammars.scopeOf(language);
      const colors = scope === undefined ? undefined : await tokenizer.tokenize(block, scope, from, lines);
      this.#send(colors ? { ...answer, colors } : answer);
    } catch {
      this.#send(answer);
    }
  }

  async #changeTheme(): Promise<void> {
    const looks = await this.#looks;
    const rules = await activeThemeRules(installedExtensions());
    // A theme change fires several events: its own, and one for each affected setting.
    if (JSON.stringify(rules) === JSON.stringify(looks.rules)) return;
    looks.rules = rules;
    looks.tokenizer.setTheme(rules);
    this.#send({ type: 'highlightingChanged' });
  }

  async #changeExtensions(): Promise<void> {
    const previous = this.#looks;
    this.#looks = this.#newLooks();
    (await previous).tokenizer.dispose();
    this.#send({ type: 'highlightingChanged' });
  }

  async #newLooks(): Promise<Looks> {
    const extensions = installedExtensions();
    const grammars = new Grammars(extensions);
    const tokenizer = new Tokenizer(this.#onigLib, {
      load: (scope) => readGrammar(grammars, scope),
      injections: (scope) => grammars.injections(scope),
    });
    const rules = await activeThemeRules(extensions);
    tokenizer.setTheme(rules);
    return { grammars, tokenizer, rules };
  }
}
