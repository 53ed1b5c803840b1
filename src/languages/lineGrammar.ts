import textmate, { type IGrammar, type IOnigLib, type Registry, type StateStack } from 'vscode-textmate';
import type { Grammar, GrammarLine, GrammarState, Token, TokenKind } from '../reply/syntax.ts';
import type { GrammarSource } from './tokenizer.ts';

/** Maps token kinds to scopes, as a theme maps colors: the tokenizer then finds the best rule for each token. */
const scopes: readonly (readonly [TokenKind, readonly string[]])[] = [
  ['code', ['source', 'meta.embedded', 'meta.jsx.children meta.embedded', 'text source', 'string source']],
  ['text', ['text', 'meta.jsx.children']],
  [
    'tag',
    ['meta.tag', 'entity.name.tag', 'punctuation.definition.tag', 'constant.character.entity', 'entity.name.section'],
  ],
  [
    'keyword',
    ['keyword', 'storage', 'constant.language', 'support', 'variable.language', 'entity.name.function.macro'],
  ],
  ['code', ['keyword.operator', 'meta.tag source', 'meta.tag meta.embedded']],
  ['import', ['keyword.control.import', 'keyword.other.import', 'keyword.import', 'keyword.other.use']],
  ['import', ['keyword.other.package', 'keyword.package', 'keyword.control.directive.include', 'keyword.control.use']],
  ['import', ['keyword.other.directive.using', 'keyword.other.using']],
  ['string', ['string', 'string.unquoted.block', 'string.unquoted.heredoc', 'string.unquoted.nowdoc']],
  ['code', ['string.unquoted']],
  [
    'comment',
    ['comment', 'comment entity', 'comment punctuation', 'comment constant', 'comment meta', 'comment keyword'],
  ],
  ['comment', ['comment storage', 'comment support', 'comment string', 'comment variable', 'comment markup']],
  ['invalid', ['invalid']],
];

const kinds: readonly TokenKind[] = ['code', 'keyword', 'import', 'tag', 'text', 'string', 'comment', 'invalid'];

/** Token metadata (vscode-textmate's `EncodedTokenAttributes`): 9 bits of foreground. */
const foregroundShift = 15;
const foregroundMask = 0b1_1111_1111;

/** The rest of a longer line counts as code, in UTF-16 code units. */
const maxLineLength = 20_000;
/** Milliseconds per attempt at a line. */
const maxLineTime = 8;
/** A rule's patterns are compiled on first use, which can exceed the time limit, so a line is tried more than once. */
const triesPerLine = 100;

/** Loads grammars that classify the parts of a line. */
export class LineGrammars {
  readonly #registry: Registry;
  readonly #kinds: readonly TokenKind[];

  constructor(onigLib: Promise<IOnigLib>, { load, injections }: GrammarSource) {
    const color = (kind: TokenKind) => `#00000${kinds.indexOf(kind) + 1}`;
    const rules = scopes.map(([kind, scope]) => ({ scope: [...scope], settings: { foreground: color(kind) } }));
    const settings = [{ settings: { foreground: color('code'), background: '#FFFFFF' } }, ...rules];
    this.#registry = new textmate.Registry({ onigLib, loadGrammar: load, getInjections: injections });
    this.#registry.setTheme({ settings });
    this.#kinds = this.#registry.getColorMap().map((name) => kinds[Number(name?.slice(1)) - 1] ?? 'code');
  }

  /** The grammar of a scope; undefined if there is none. */
  async load(scope: string): Promise<Grammar | undefined> {
    const grammar = await this.#registry.loadGrammar(scope);
    return grammar ? new LineGrammar(grammar, this.#kinds) : undefined;
  }

  dispose(): void {
    this.#registry.dispose();
  }
}

/** Caches each line's tokens by the state at its beginning. */
class LineGrammar implements Grammar {
  readonly start: StateStack = textmate.INITIAL;
  readonly #grammar: IGrammar;
  readonly #kinds: readonly TokenKind[];
  readonly #read = new WeakMap<GrammarState, Map<string, GrammarLine>>();

  constructor(grammar: IGrammar, kindOfColor: readonly TokenKind[]) {
    this.#grammar = grammar;
    this.#kinds = kindOfColor;
  }

  read(line: string, from: GrammarState): GrammarLine {
    for (let tries = 1; tries < triesPerLine; tries += 1) {
      const read = this.tryRead(line, from);
      if (read) return read;
    }
    const state = isState(from) ? from : this.start;
    return this.#keep(line, from, { tokens: [{ start: 0, end: line.length, kind: 'code' }], end: state });
  }

  tryRead(line: string, from: GrammarState): GrammarLine | undefined {
    const known = this.#read.get(from)?.get(line);
    if (known) return known;
    const read = this.#tokenize(line, isState(from) ? from : this.start);
    return read && this.#keep(line, from, read);
  }

  same(a: GrammarState, b: GrammarState): boolean {
    return a === b || (isState(a) && isState(b) && a.equals(b));
  }

  inside(state: GrammarState): TokenKind {
    const kind = this.read(' x', state).tokens.at(-1)?.kind ?? 'code';
    return kind === 'string' || kind === 'comment' || kind === 'text' ? kind : 'code';
  }

  #keep(line: string, from: GrammarState, read: GrammarLine): GrammarLine {
    const lines = this.#read.get(from) ?? new Map<string, GrammarLine>();
    this.#read.set(from, lines);
    lines.set(line, read);
    return read;
  }

  #tokenize(line: string, from: StateStack): GrammarLine | undefined {
    if (line.length > maxLineLength) return { tokens: [{ start: 0, end: line.length, kind: 'code' }], end: from };
    const { tokens, ruleStack, stoppedEarly } = this.#grammar.tokenizeLine2(line, from, maxLineTime);
    if (stoppedEarly) return undefined;
    const merged: { start: number; end: number; kind: TokenKind }[] = [];
    for (let at = 0; at < tokens.length; at += 2) {
      const start = tokens[at] ?? 0;
      const end = Math.min(tokens[at + 2] ?? line.length, line.length);
      const kind = this.#kinds[((tokens[at + 1] ?? 0) >>> foregroundShift) & foregroundMask] ?? 'code';
      const last = merged.at(-1);
      if (last?.kind === kind) last.end = end;
      else if (end > start) merged.push({ start, end, kind });
    }
    return { tokens: merged satisfies readonly Token[], end: ruleStack };
  }
}

function isState(state: GrammarState): state is StateStack {
  return 'equals' in state;
}
