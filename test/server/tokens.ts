import type { Language, Syntax } from './languages.ts';

/** A piece of source text. All pieces of a text together are the text. */
export interface Token {
  readonly kind: 'comment' | 'string' | 'word' | 'number' | 'mark' | 'space';
  readonly text: string;
  /** Offset in the text. */
  readonly start: number;
}

/** Cuts code into tokens; code inside a string (`${…}` and the like) is cut too. */
export function tokenize(code: string, { syntax, id }: Pick<Language, 'syntax' | 'id'>, from = 0): Token[] {
  const tokens: Token[] = [];
  let before: Token | undefined;
  for (let position = 0; position < code.length;) {
    const regExp = id === 'typescript' && startsOperand(before) ? regularExpression : never;
    const [kind, text] = match(code, position, syntax, regExp);
    const token: Token = { kind, text, start: from + position };
    tokens.push(...(kind === 'string' ? split(token, syntax, id) : [token]));
    before = kind === 'space' || kind === 'comment' ? before : token;
    position += text.length;
  }
  return tokens;
}

/** Tokens without space and comments. */
export function significant(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}

/** The index of the token that closes what the token at `open` opens; -1 if the code ends before. */
export function closing(tokens: readonly Token[], open: number): number {
  const start = tokens[open]?.text ?? '';
  const end = pairs[start];
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const { text, kind } = tokens[index]!;
    depth += kind !== 'mark' ? 0 : text === start ? 1 : text === end ? -1 : 0;
    if (depth === 0) {
      return index;
    }
  }
  return -1;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

const never = /(?!)/y;
const regularExpression = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/y;

function match(code: string, position: number, syntax: Syntax, regExp: RegExp): [Token['kind'], string] {
  const rules: readonly [Token['kind'], RegExp][] = [
    ['space', /\s+/y],
    ['comment', syntax.comment],
    ['string', syntax.string],
    ['string', regExp],
    ['word', /[\p{L}_$][\p{L}\p{N}_$]*/uy],
    ['number', /\d(?:[\w]|\.(?=\d))*/y],
    ['mark', /=>|->|\.\.\.|:=|[=!<>]=|&&|\|\||[\s\S]/y],
  ];
  for (const [kind, rule] of rules) {
    rule.lastIndex = position;
    const found = rule.exec(code)?.[0];
    if (found !== undefined && found !== '') {
      return [kind, found];
    }
  }
  return ['mark', code.charAt(position)];
}

/** After an operand a slash divides; elsewhere it starts a regular expression. */
function startsOperand(before: Token | undefined): boolean {
  return (
    before === undefined ||
    (before.kind === 'mark' ? !/[)\]}]/.test(before.text) : /^(?:return|typeof|case)$/.test(before.text))
  );
}

function split({ text, start }: Token, syntax: Syntax, id: Language['id']): Token[] {
  const tokens: Token[] = [];
  let done = 0;
  const literal = (end: number) => {
    if (end > done) {
      tokens.push({ kind: 'string', text: text.slice(done, end), start: start + done });
    }
    done = end;
  };
  for (const { indices } of syntax.hole === undefined ? [] : text.matchAll(syntax.hole)) {
    const [holeStart, holeEnd] = indices?.[1] ?? [0, 0];
    literal(holeStart);
    tokens.push(...tokenize(text.slice(holeStart, holeEnd), { syntax, id }, start + holeStart));
    done = holeEnd;
  }
  literal(text.length);
  return tokens;
}
