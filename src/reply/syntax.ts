/**
 * What a piece of a line is to the document's language: `code` is names, numbers and signs; `text` is what a document
 * says to its readers, as between two tags; `invalid` is what the grammar calls wrong.
 */
export type TokenKind = 'code' | 'keyword' | 'import' | 'tag' | 'text' | 'string' | 'comment' | 'invalid';

/** Offsets are UTF-16 code units within the line. The tokens of a line follow one another without a gap. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

/** Where a grammar is between two lines, for instance in a string that goes on. To be compared by `Grammar.same`. */
export type GrammarState = object;

export interface GrammarLine {
  readonly tokens: readonly Token[];
  /** The state in which the next line begins. */
  readonly end: GrammarState;
}

/** Reads a language line by line. */
export interface Grammar {
  /** The state in which a document begins. */
  readonly start: GrammarState;
  /** @param line without its line break */
  read(line: string, from: GrammarState): GrammarLine;
  /** The same, unless it takes too long: then it is to be tried again, later. */
  tryRead(line: string, from: GrammarState): GrammarLine | undefined;
  same(a: GrammarState, b: GrammarState): boolean;
  /** What a word would be at the start of a line that begins in this state. */
  inside(state: GrammarState): TokenKind;
}

/** What a document's grammar says of the lines above a selection's first. */
export interface Syntax {
  readonly grammar: Grammar;
  readonly above: readonly GrammarLine[];
}

/** A line as the grammar reads it. */
export interface CodeLine {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The text with a blank character (U+0000) for each of its strings, comments and words to its readers. */
  readonly code: string;
  /** What the line begins inside of: `string` and `comment` go on from the line before. */
  readonly inside: TokenKind;
}

export interface CodeLines {
  readonly lines: readonly CodeLine[];
  readonly end: GrammarState;
}

/** Lines that follow one another, read from a state on. */
export function readLines(lines: readonly string[], grammar: Grammar, from: GrammarState): CodeLines {
  let state = from;
  const read = lines.map((text) => {
    const inside = grammar.inside(state);
    const { tokens, end } = grammar.read(text, state);
    state = end;
    return { text, tokens, code: codeOf(text, tokens), inside };
  });
  return { lines: read, end: state };
}

/** A line's code alone: everything else is U+0000, so that offsets stay. */
export function codeOf(text: string, tokens: readonly Token[]): string {
  return tokens
    .map(({ start, end, kind }) =>
      kind === 'string' || kind === 'comment' || kind === 'text' ? '\0'.repeat(end - start) : text.slice(start, end),
    )
    .join('');
}

/** A line without what is before the selection in its first line, or after it in its last. */
export function cutLine({ text, tokens, code, inside }: CodeLine, from: number, to: number): CodeLine {
  const cut = tokens.map(({ start, end, kind }) => ({
    start: Math.max(start, from) - from,
    end: Math.min(end, to) - from,
    kind,
  }));
  return {
    text: text.slice(from, to),
    tokens: cut.filter(({ start, end }) => end > start),
    code: code.slice(from, to),
    inside,
  };
}

/** Whether a line is nothing but comment. */
export function isComment({ text, tokens }: CodeLine): boolean {
  return (
    tokens.some(({ kind }) => kind === 'comment') &&
    tokens.every(({ start, end, kind }) => kind === 'comment' || /^[\s{}]*$/.test(text.slice(start, end)))
  );
}
