import type { Header } from './header.ts';
import type { Language } from './languages.ts';
import { closing, type Token } from './tokens.ts';

/** What happens in a function, as far as its words tell. */
export interface Body {
  /** Offsets of the body in the text. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly words: readonly Token[];
  /** The first token of the body; for what stands in braces the one behind the brace. */
  readonly first: Token | undefined;
  /** Names that it calls, each once. */
  readonly calls: readonly string[];
  /** The heads of its loops and of its branches, as they stand in the text. */
  readonly loops: readonly string[];
  readonly branches: readonly string[];
  /** What stands behind its `return`s. */
  readonly results: readonly string[];
  /** The names of the errors that it raises. */
  readonly raises: readonly string[];
}

/** @param words The significant tokens of the text. */
export function readBody(
  words: readonly Token[],
  { bodyIndex, name, start }: Header,
  text: string,
  language: Language,
): Body {
  const end = bodyEnd(words, bodyIndex, start, text, language);
  const inside = words.slice(bodyIndex + 1, end);
  const last = inside.at(-1);
  const isStatement = (word: Token) => language.id !== 'python' || isFirstOnLine(text, word);
  const heads = (pattern: RegExp) =>
    inside
      .filter((word) => word.kind === 'word' && pattern.test(word.text) && isStatement(word))
      .map((word) => head(text, word));
  return {
    bodyStart: words[bodyIndex]?.start ?? 0,
    bodyEnd: last === undefined ? (words[bodyIndex]?.start ?? 0) + 1 : last.start + last.text.length,
    words: inside,
    first: inside[0],
    calls: unique(
      inside.flatMap((word, at) => (isCall(inside, at, language) && word.text !== name ? [word.text] : [])),
    ),
    loops: unique(heads(/^(?:for|while|loop)$/)),
    branches: unique(heads(/^(?:if|elif|match|switch|select)$/)),
    results: heads(/^return$/)
      .map((head) => head.replace(/^return\s*|;$/g, ''))
      .filter((result) => result !== ''),
    raises: unique(inside.flatMap((_, at) => raised(inside, at))),
  };
}

function bodyEnd(words: readonly Token[], open: number, start: number, text: string, { id }: Language): number {
  if (id === 'python') {
    const indent = column(text, start);
    const after = words.findIndex(
      (word, at) =>
        at > open && isFirstOnLine(text, word) && column(text, word.start) <= indent && !/^[)\]}]$/.test(word.text),
    );
    return after === -1 ? words.length : after;
  }
  const brace = words[open]?.text === '=>' ? open + 1 : open;
  if (words[brace]?.text === '{') {
    const close = closing(words, brace);
    return close === -1 ? words.length : brace === open ? close : close + 1;
  }
  const semicolon = words.findIndex(({ text: word }, at) => at > open && word === ';');
  return semicolon === -1 ? words.length : semicolon;
}

function isCall(words: readonly Token[], at: number, { reserved }: Language): boolean {
  const word = words[at];
  const next = words[at + 1]?.text === '!' ? words[at + 2] : words[at + 1];
  return word?.kind === 'word' && next?.text === '(' && !reserved.has(word.text);
}

/** `raise X`, `throw new X`, `Err(X)`, `panic!`. */
function raised(words: readonly Token[], at: number): string[] {
  const text = (offset: number) => words[at + offset]?.text ?? '';
  switch (text(0)) {
    case 'raise':
      return words[at + 1]?.kind === 'word' ? [text(1)] : [];
    case 'throw':
      return text(1) === 'new' ? [text(2)] : [];
    case 'Err':
      return text(1) === '(' && text(3) === ':' ? [`${text(2)}::${text(5)}`] : [];
    case 'panic':
      return text(1) === '!' ? ['panic!'] : [];
    default:
      return [];
  }
}

function head(text: string, { start }: Token): string {
  const line = text.slice(start).split('\n', 1)[0] ?? '';
  return line.replace(/\s*(?:\{|:|\bthen\b)?\s*$/, '').trim();
}

/** Whether only space stands before a token on its line. */
export function isFirstOnLine(text: string, { start }: Token): boolean {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}

function column(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.length - line.trimStart().length;
}

function unique<T>(items: readonly T[]): T[] {
  return Array.from(new Set(items));
}
