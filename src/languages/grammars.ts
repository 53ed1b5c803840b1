import { contributions, string, strings, type ExtensionFile, type Installed } from './contributions.ts';
import { LanguageNames } from './languageNames.ts';

/** The TextMate grammars of the installed extensions, by language name and by scope. */
export class Grammars<Root> {
  readonly #names: LanguageNames;
  /** Scope names by language id. */
  readonly #scopes = new Map<string, string>();
  readonly #files = new Map<string, ExtensionFile<Root>>();
  /** Scope names of the grammars injected into a scope. */
  readonly #injections = new Map<string, string[]>();

  /** @param extensions In VS Code's order: of two equal contributions, the later one wins. */
  constructor(extensions: readonly Installed<Root>[]) {
    this.#names = new LanguageNames(extensions);
    for (const extension of extensions) this.#addGrammars(extension);
  }

  /**
   * The grammar's scope for a fence's info word: a language's id, alias, file extension or file name, or a path (`py`,
   * `C++`, `Dockerfile`, `src/main.rs`). Undefined if no grammar is installed for it.
   */
  scopeOf(name: string): string | undefined {
    for (const id of this.#names.candidates(name)) {
      const scope = this.#scopes.get(id);
      if (scope !== undefined) return scope;
    }
    return undefined;
  }

  file(scope: string): ExtensionFile<Root> | undefined {
    return this.#files.get(scope);
  }

  /** Scope names of the grammars injected into this scope or a parent of it. */
  injections(scope: string): string[] {
    const parts = scope.split('.');
    return parts.flatMap((_, index) => this.#injections.get(parts.slice(0, index + 1).join('.')) ?? []);
  }

  #addGrammars(extension: Installed<Root>): void {
    for (const grammar of contributions(extension, 'grammars')) {
      const scope = string(grammar['scopeName']);
      const path = string(grammar['path']);
      if (scope === undefined || path === undefined) continue;
      this.#files.set(scope, { root: extension.root, path });
      const language = string(grammar['language']);
      if (language !== undefined) this.#scopes.set(language, scope);
      for (const target of strings(grammar['injectTo'])) {
        this.#injections.set(target, [...(this.#injections.get(target) ?? []), scope]);
      }
    }
  }
}
