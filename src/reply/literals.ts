import { indentOf, isBlank, splitLines } from './lines.ts';

/**
 * How a line inside a string that spans lines is indented, where indentation is content. `fixed`: it stays as it is,
 * because the text is not indented with the code around it; `moved`: it goes with the code, but keeps its tabs and
 * spaces.
 */
export type LiteralKind = 'fixed' | 'moved';

/** Tells line by line what is inside strings that span lines. */
export class LiteralReader {
  readonly #languageId: string;
  readonly #known: ReadonlySet<string>;
  #open: OpenLiteral | undefined;

  constructor(languageId: string, selection: string) {
    this.#languageId = languageId;
    this.#known = new Set(splitLines(selection));
  }

  push(line: string): LiteralKind | undefined {
    const open = this.#open;
    if (open === undefined) {
      this.#open = opened(line, this.#languageId);
      return undefined;
    }
    if (open.kind === undefined && !isBlank(line)) {
      const isKnown = open.indent === 0 && this.#known.has(line);
      open.kind = indentOf(line).length < open.indent || isKnown ? 'fixed' : 'moved';
    }
    if (open.ends(line)) this.#open = undefined;
    return open.kind;
  }
}

interface OpenLiteral {
  /** Decided by the first line inside that is not blank. */
  kind: LiteralKind | undefined;
  readonly indent: number;
  readonly ends: (line: string) => boolean;
}

/** The string that the line opens and does not close. */
function opened(line: string, languageId: string): OpenLiteral | undefined {
  const indent = indentOf(line).length;
  if (heredocLanguages.has(languageId)) {
    const [, mode = '', word = ''] = /<<<?([-~]?)\s*(['"]?)([A-Za-z_]\w*)\2/.exec(line)?.toSpliced(2, 1) ?? [];
    if (word === '') return undefined;
    return { kind: mode === '' ? 'fixed' : 'moved', indent, ends: (inner) => inner.trim().startsWith(word) };
  }
  const quotes = tripleQuoteLanguages.has(languageId) ? ['"""', "'''"] : templateLanguages.has(languageId) ? ['`'] : [];
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    if (quote === undefined && line.startsWith('//', at) && quotes.includes('`') && line[at - 1] !== ':') break;
    if (line[at] === '\\') at++;
    else if (quote === undefined) {
      quote = quotes.find((mark) => line.startsWith(mark, at));
      at += (quote?.length ?? 1) - 1;
    } else if (line.startsWith(quote, at)) {
      at += quote.length - 1;
      quote = undefined;
    }
  }
  if (quote === undefined) return undefined;
  const mark = quote;
  return { kind: undefined, indent, ends: (inner) => inner.replaceAll(/\\./g, '').split(mark).length % 2 === 0 };
}

const heredocLanguages = new Set(['shellscript', 'dockerfile', 'ruby', 'perl', 'php', 'terraform']);
const tripleQuoteLanguages = new Set('python kotlin scala java swift groovy dart julia elixir toml csharp'.split(' '));
const templateLanguages = new Set('javascript javascriptreact typescript typescriptreact vue svelte go'.split(' '));
