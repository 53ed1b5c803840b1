import * as vscode from 'vscode';
import type { Grammar, GrammarLine } from '../reply/syntax.ts';
import type { ReplyTarget } from '../reply/target.ts';
import { splitLines } from '../reply/lines.ts';
import { installedExtensions, loadOniguruma, readGrammar } from './grammarFiles.ts';
import { Grammars } from './grammars.ts';
import { LineGrammars } from './lineGrammar.ts';

/** Milliseconds of work before yielding. */
const slice = 10;

/** Tokenizes documents for edits with the installed grammars. Loaded on the first edit. */
export class DocumentSyntax implements vscode.Disposable {
  readonly #dist: vscode.Uri;
  readonly #subscription: vscode.Disposable;
  #names: Grammars<vscode.Uri> | undefined;
  #grammars: LineGrammars | undefined;

  /** @param dist The folder of `onig.wasm`. */
  constructor(dist: vscode.Uri) {
    this.#dist = dist;
    this.#subscription = vscode.extensions.onDidChange(() => this.#forget());
  }

  /**
   * Adds syntax from the language's grammar to the targets, which are of one document in order; unchanged if there is
   * no grammar. Never rejects.
   */
  async read(targets: readonly ReplyTarget[]): Promise<readonly ReplyTarget[]> {
    const [first] = targets;
    const grammar = first && (await this.#load(first.languageId).catch(() => undefined));
    if (!grammar) return targets;
    const counts = targets.map(({ document, start }) => splitLines(document.slice(0, start)).length - 1);
    const lines = splitLines(first.document).slice(0, Math.max(...counts));
    const read = await readInSlices(lines, grammar);
    return targets.map((target, index) => ({ ...target, syntax: { grammar, above: read.slice(0, counts[index]) } }));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#forget();
  }

  async #load(languageId: string): Promise<Grammar | undefined> {
    const names = (this.#names ??= new Grammars(installedExtensions()));
    this.#grammars ??= new LineGrammars(loadOniguruma(this.#dist), {
      load: (scope) => readGrammar(names, scope),
      injections: (scope) => names.injections(scope),
    });
    const scope = names.scopeOf(languageId);
    return scope === undefined ? undefined : this.#grammars.load(scope);
  }

  #forget(): void {
    this.#grammars?.dispose();
    this.#grammars = undefined;
    this.#names = undefined;
  }
}

async function readInSlices(lines: readonly string[], grammar: Grammar): Promise<readonly GrammarLine[]> {
  const read: GrammarLine[] = [];
  let from = performance.now();
  let tries = 0;
  while (read.length < lines.length) {
    const line = lines[read.length] ?? '';
    const state = read.at(-1)?.end ?? grammar.start;
    const next = tries < 40 ? grammar.tryRead(line, state) : grammar.read(line, state);
    if (next) read.push(next);
    tries = next ? 0 : tries + 1;
    if (performance.now() - from < slice) continue;
    await new Promise((resolve) => setImmediate(resolve));
    from = performance.now();
  }
  return read;
}
