import { contributions, string, strings, type Installed } from './contributions.ts';

/** Names that models use on fences but no VS Code language has. */
const otherNames: Readonly<Record<string, string>> = {
  console: 'shellscript',
  golang: 'go',
  node: 'javascript',
  objc: 'objective-c',
  'objective-c++': 'objective-cpp',
  'shell-session': 'shellscript',
  shell: 'shellscript',
};

/** The languages of the installed extensions, by their names. */
export class LanguageNames {
  /** Display names by id. */
  readonly #titles = new Map<string, string>();
  /** Language ids by other names, in lower case. */
  readonly #names = new Map<string, string>();

  /** @param extensions In VS Code's order: of two equal contributions, the later one wins. */
  constructor(extensions: readonly Installed<unknown>[]) {
    for (const extension of extensions) {
      for (const language of contributions(extension, 'languages')) {
        const id = string(language['id']);
        if (id === undefined) continue;
        const [title = this.#titles.get(id) ?? id, ...others] = strings(language['aliases']);
        this.#titles.set(id, title);
        const names = ['extensions', 'filenames'].flatMap((field) => strings(language[field]));
        for (const name of [title, ...others, ...names]) this.#names.set(name.toLowerCase(), id);
      }
    }
  }

  /** Ids and display names, for example `cpp` and `C++`. */
  get all(): readonly (readonly [id: string, title: string])[] {
    return [...this.#titles];
  }

  /** The id of an installed language for a fence's info word, if there is one. */
  idOf(name: string): string | undefined {
    return this.candidates(name).find((id) => this.#titles.has(id));
  }

  /**
   * Candidates for a fence's info word, most likely first: a language's id, alias, file extension or file name, or a
   * path (`py`, `C++`, `Dockerfile`, `src/main.rs`).
   */
  candidates(name: string): readonly string[] {
    if (name.length > longestName) return [];
    const wanted = name.trim().toLowerCase();
    const base = wanted.slice(wanted.lastIndexOf('/') + 1);
    const spellings = [wanted, otherNames[wanted] ?? '', base, `.${base}`, ...endings(base)];
    return spellings.flatMap((spelling) => [spelling, this.#names.get(spelling) ?? '']).filter((id) => id !== '');
  }
}

/** UTF-16 code units: the longest file name on common file systems. */
const longestName = 255;

/** `.d.ts` and `.ts` of `a.d.ts`. */
function endings(base: string): readonly string[] {
  return [...base.matchAll(/\./g)].map(({ index }) => base.slice(index));
}
