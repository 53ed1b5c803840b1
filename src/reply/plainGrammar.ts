import type { Grammar, GrammarLine, GrammarState, Token, TokenKind } from './syntax.ts';
import { isMarkupLanguage, isProseLanguage } from './target.ts';

/** A string or comment that may go on over lines, and what ends it; `undefined`: the end of its line. */
interface Span {
  readonly kind: 'string' | 'comment';
  readonly opens: string;
  readonly closes: string | undefined;
  readonly isLong: boolean;
}

interface Inside {
  readonly span: Span | undefined;
}

const string = (mark: string, isLong = false): Span => ({ kind: 'string', opens: mark, closes: mark, isLong });
const comment = (opens: string, closes?: string): Span => ({
  kind: 'comment',
  opens,
  closes,
  isLong: closes !== undefined,
});

const hash = 'python ruby shellscript perl yaml dockercompose makefile toml r julia elixir powershell dockerfile ini';
const dashes = 'sql lua haskell elm ada';
const hereDocument = /^<<<?[-~]?\s*["']?([A-Za-z_]\w*)["']?/;
const template = 'javascript javascriptreact typescript typescriptreact go vue svelte astro';
const triple = 'python kotlin scala java swift groovy dart julia elixir toml csharp';
const importing = new Set('import package using use require include'.split(' '));
const keywords = new Set(
  'abstract and as async await begin break case catch class const continue def default defer do elif else elsif end enum export extends false final finally fn for from fun func function go goto if impl implements in interface is let local match mod module mut namespace new nil none None not null of or pass private protected pub public raise readonly return self static struct sub super switch then this throw throws trait true try type typeof unless until val var virtual void when where while with yield int long short char float double bool boolean unsigned signed string echo select insert update delete create alter table into set values join group order by SELECT INSERT UPDATE DELETE CREATE ALTER TABLE FROM WHERE INTO SET VALUES JOIN GROUP ORDER BY RUN COPY CMD number range each any object u8 u16 u32 u64 i32 i64 usize'.split(
    ' ',
  ),
);

/** What can be said of a language without its grammar: strings and comments, as most languages have them. */
export class PlainGrammar implements Grammar {
  readonly start: GrammarState = { span: undefined };
  readonly #spans: readonly Span[];
  readonly #states: Map<Span | undefined, GrammarState>;
  readonly #hereDocuments = new Map<string, Span>();
  readonly #hasHereDocuments: boolean;
  readonly #isText: boolean;

  constructor(languageId: string) {
    const has = (ids: string): boolean => ids.split(' ').includes(languageId);
    this.#isText = isProseLanguage(languageId);
    this.#hasHereDocuments = has('shellscript dockerfile ruby perl php terraform');
    const markup = isMarkupLanguage(languageId) || this.#isText ? [comment('<!--', '-->')] : [];
    const code = [
      ...(has(triple) ? [string('"""', true), string("'''", true)] : []),
      ...(has(template) ? [string('`', true)] : []),
      ...(has(hash) ? [comment('#')] : has(dashes) ? [comment('--')] : [comment('//'), comment('/*', '*/')]),
      ...(languageId === 'lua' ? [{ ...string('[[', true), closes: ']]' }] : []),
      ...(languageId === 'rust' ? [{ ...string('r#"', true), closes: '"#' }] : []),
      ...(languageId === 'powershell'
        ? [`'`, `"`].map((mark) => ({ ...string(`@${mark}`, true), closes: `${mark}@` }))
        : []),
      string('"'),
      ...(languageId === 'rust' ? [] : [string("'")]),
    ];
    this.#spans = [...markup, ...(this.#isText ? [] : code)];
    this.#states = new Map([[undefined, this.start], ...this.#spans.map((span) => [span, { span }] as const)]);
  }

  read(line: string, from: GrammarState): GrammarLine {
    const tokens: Token[] = [];
    let open = isInside(from) ? from.span : undefined;
    let at = 0;
    while (at < line.length) {
      const start = at;
      if (open) {
        const end = endOf(line, at + (tokens.length > 0 ? open.opens.length : 0), open);
        at = end ?? line.length;
        tokens.push({ start, end: at, kind: open.kind });
        if (end !== undefined || !open.isLong) open = undefined;
        continue;
      }
      while (at < line.length && !open) {
        const next = /["'`#/<\\@r[-]/g;
        next.lastIndex = at;
        at = next.exec(line)?.index ?? line.length;
        open = this.#spans.find(({ opens }) => line.startsWith(opens, at)) ?? this.#hereDocument(line, at);
        if (!open) at += line[at] === '\\' ? 2 : 1;
      }
      at = Math.min(at, line.length);
      if (at > start) tokens.push(...this.#pieces(line, start, at));
      if (open && tokens.length === 0) tokens.push({ start, end: start, kind: open.kind });
    }
    return { tokens, end: this.#states.get(open?.isLong ? open : undefined) ?? this.start };
  }

  tryRead(line: string, from: GrammarState): GrammarLine {
    return this.read(line, from);
  }

  same(a: GrammarState, b: GrammarState): boolean {
    return a === b;
  }

  inside(state: GrammarState): TokenKind {
    return (isInside(state) ? state.span?.kind : undefined) ?? (this.#isText ? 'text' : 'code');
  }

  /** The string that begins below the line and ends at a line of its own. */
  #hereDocument(line: string, at: number): Span | undefined {
    const [mark = '', word = ''] = (this.#hasHereDocuments && hereDocument.exec(line.slice(at, at + 80))) || [];
    if (word === '') return undefined;
    const known = this.#hereDocuments.get(mark + word);
    const span = known ?? { kind: 'string', opens: mark, closes: word, isLong: true };
    this.#hereDocuments.set(mark + word, span);
    this.#states.set(span, this.#states.get(span) ?? { span });
    return span;
  }

  #pieces(line: string, start: number, end: number): Token[] {
    if (this.#isText) return [{ start, end, kind: 'text' }];
    const tokens: Token[] = [];
    let from = start;
    for (const { index, 0: word } of line.slice(start, end).matchAll(/[A-Za-z_]\w*/g)) {
      const kind = kindOf(word);
      if (kind === 'code') continue;
      const at = start + index;
      if (at > from) tokens.push({ start: from, end: at, kind: 'code' });
      from = at + word.length;
      tokens.push({ start: at, end: from, kind });
    }
    if (end > from) tokens.push({ start: from, end, kind: 'code' });
    return tokens;
  }
}

function isInside(state: GrammarState): state is Inside {
  return 'span' in state;
}

/** Where a string or comment that is open ends in the line; `undefined`: it does not. */
function endOf(line: string, from: number, { closes, kind }: Span): number | undefined {
  if (closes === undefined) return undefined;
  for (let at = from; at < line.length; at++) {
    if (kind === 'string' && line[at] === '\\') at++;
    else if (line.startsWith(closes, at)) return at + closes.length;
  }
  return undefined;
}

function kindOf(word: string): 'keyword' | 'import' | 'code' {
  if (importing.has(word)) return 'import';
  return keywords.has(word) || word === '_' ? 'keyword' : 'code';
}

/** Whether a word is a keyword of some language. */
export function isKeyword(word: string): boolean {
  return kindOf(word) !== 'code';
}

/** The keywords of a line, in any language. */
export function keywordsIn(line: string): readonly string[] {
  return (line.match(/[A-Za-z_]\w*/g) ?? []).filter(isKeyword);
}

/** The words of a line that are no keyword of any language. */
export function namesIn(line: string): readonly string[] {
  return (line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter((word) => !isKeyword(word));
}
