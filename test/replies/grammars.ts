import { readFile } from 'node:fs/promises';
import { grammars as listed, injections } from 'tm-grammars';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { LineGrammars } from '../../src/languages/lineGrammar.ts';
import { splitLines } from '../../src/reply/lines.ts';
import type { Grammar, GrammarLine } from '../../src/reply/syntax.ts';
import type { ReplyTarget } from '../../src/reply/target.ts';

/** The languages whose grammars come with VS Code, and what tm-grammars calls those that have another name there. */
const languages: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'bat c clojure coffeescript cpp csharp css dart diff fsharp go groovy handlebars hlsl html ini java javascript json ' +
      'jsonc julia latex less log lua markdown objective-c objective-cpp perl php powershell pug python r razor ruby rust ' +
      'scss shellscript sql swift typescript vb xml yaml'
    )
      .split(' ')
      .map((id) => [id, id]),
  ),
  dockercompose: 'yaml',
  dockerfile: 'docker',
  javascriptreact: 'jsx',
  makefile: 'make',
  restructuredtext: 'rst',
  typescriptreact: 'tsx',
};

const grammars = await loadGrammars();

/** The target with what its language's grammar says, where VS Code has one. */
export function withSyntax(target: ReplyTarget): ReplyTarget {
  const grammar = grammars.get(target.languageId);
  if (!grammar) return target;
  const above: GrammarLine[] = [];
  for (const line of splitLines(target.document.slice(0, target.start)).slice(0, -1)) {
    above.push(grammar.read(line, above.at(-1)?.end ?? grammar.start));
  }
  return { ...target, syntax: { grammar, above } };
}

async function loadGrammars(): Promise<ReadonlyMap<string, Grammar>> {
  const all = [...listed, ...injections];
  const source = new LineGrammars(loadOniguruma(), {
    load: async (scope) => {
      const name = all.find(({ scopeName }) => scopeName === scope)?.name;
      if (name === undefined) return undefined;
      const path = new URL(import.meta.resolve(`tm-grammars/grammars/${name}.json`));
      return textmate.parseRawGrammar(await readFile(path, 'utf8'), `${name}.json`);
    },
    injections: () => [],
  });
  const loaded = await Promise.all(
    Object.entries(languages).map(async ([id, name]) => {
      const scope = listed.find((grammar) => grammar.name === name)?.scopeName;
      const grammar = scope === undefined ? undefined : await source.load(scope);
      return grammar ? [[id, grammar] as const] : [];
    }),
  );
  return new Map(loaded.flat());
}

async function loadOniguruma() {
  await oniguruma.loadWASM(await readFile(new URL(import.meta.resolve('vscode-oniguruma/release/onig.wasm'))));
  return {
    createOnigScanner: (patterns: string[]) => oniguruma.createOnigScanner(patterns),
    createOnigString: (text: string) => oniguruma.createOnigString(text),
  };
}
