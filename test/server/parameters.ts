import type { Language } from './languages.ts';
import type { Token } from './tokens.ts';

/** A parameter of a function. Empty texts stand for what is not there. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** The source of the default value. */
  readonly fallback: string;
  /** Offset behind the name, where an annotation belongs. */
  readonly nameEnd: number;
}

/** @param words The significant tokens between the parentheses. */
export function readParameters(words: readonly Token[], text: string, { id }: Language): Parameter[] {
  const parameters = commaSeparated(words).map((piece) => readParameter(piece, text, id));
  return id === 'go' ? parameters.map((_, index) => goParameter(parameters, index)) : parameters;
}

function commaSeparated(words: readonly Token[]): Token[][] {
  const pieces: Token[][] = [];
  let piece: Token[] = [];
  let depth = 0;
  for (const word of words) {
    depth += /^[([{<]$/.test(word.text) ? 1 : /^[)\]}>]$/.test(word.text) ? -1 : 0;
    if (word.text === ',' && depth === 0) {
      pieces.push(piece);
      piece = [];
    } else {
      piece.push(word);
    }
  }
  return [...pieces, piece].filter(({ length }) => length > 0);
}

function readParameter(piece: readonly Token[], text: string, id: Language['id']): Parameter {
  const slice = (from: number, to: number) => {
    const [first, last] = [piece[from], piece[to - 1]];
    return first === undefined || last === undefined || to <= from
      ? ''
      : text.slice(first.start, last.start + last.text.length);
  };
  if (id === 'java' || id === 'go') {
    const name = id === 'java' ? piece.length - 1 : 0;
    const type = id === 'java' ? slice(0, name) : slice(1, piece.length);
    return { name: slice(name, name + 1), type, fallback: '', nameEnd: end(piece[name]) };
  }
  const equals = topLevel(piece, '=');
  const colon = topLevel(piece.slice(0, equals), ':');
  const nameTo = Math.min(colon, equals);
  return {
    name: slice(0, nameTo).replace(/\?$/, ''),
    type: slice(colon + 1, equals),
    fallback: slice(equals + 1, piece.length),
    nameEnd: end(piece[nameTo - 1]),
  };
}

/** The index of the first such mark outside of all brackets; the length if there is none. */
function topLevel(piece: readonly Token[], mark: string): number {
  let depth = 0;
  const found = piece.findIndex(({ text }) => {
    depth += /^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0;
    return depth === 0 && text === mark;
  });
  return found === -1 ? piece.length : found;
}

/** In `a, b int` the type stands at the last name. */
function goParameter(parameters: readonly Parameter[], index: number): Parameter {
  const parameter = parameters[index]!;
  const type = parameters.slice(index).find(({ type }) => type !== '')?.type ?? '';
  return { ...parameter, type };
}

function end(token: Token | undefined): number {
  return token === undefined ? 0 : token.start + token.text.length;
}
