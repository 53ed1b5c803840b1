import { contributions, string, strings, type Installed } from './contributions.ts';

/** Names that models write on code fences and that no language of VS Code goes by. */
const otherNames: Readonly<Record<string, string>> = {
  console: 'shellscript',
  golang: 'go',
  node: 'javascript',
  objc: 'objective-c',
  'objective-c++': 'objective-cpp',
  'shell-session': 'shellscript',
  shell: 'shellscript',
};

/** The languages that the installed extensions bring, by what they go by. */
export class LanguageNames {
  /** What to call them, by identifier. */
  readonly #titles = new Map<string, string>();
  /** Language identifiers by what else they go by, in lower case. */
  readonly #names = new Map<string, string>();

  /** @param extensions In VS Code's order: where two bring the same, the later one counts. */
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

  /** Identifiers and titles, for instance `cpp` and `C++`. */
  get all(): readonly (readonly [id: string, title: string])[] {
    return [...this.#titles];
  }

  /** The identifier of an installed language for a name on a code fence, if there is one. */
  idOf(name: string): string | undefined {
    return this.candidates(name).find((id) => this.#titles.has(id));
  }

  /**
   * What may be meant by a name on a code fence, the likeliest first: a language's identifier, alias, file extension or
   * file name, or a path (`py`, `C++`, `Dockerfile`, `src/main.rs`).
   */
  candidates(name: string): readonly string[] {
    if (name.length > longestName) return [];
    const wanted = name.trim().toLowerCase();
    const base = wanted.slice(wanted.lastIndexOf('/') + 1);
    const spellings = [wanted, otherNames[wanted] ?? '', base, `.${base}`, ...endings(base)];
    return spellings.flatMap((spelling) => [spelling, this.#names.get(spelling) ?? '']).filter((id) => id !== '');
  }
}

/** UTF-16 code units; the longest file name of common file systems is as long. */
const longestName = 255;

/** `.d.ts` and `.ts` of `a.d.ts`. */
function endings(base: string): readonly string[] {
  return [...base.matchAll(/\./g)].map(({ index }) => base.slice(index));
}
