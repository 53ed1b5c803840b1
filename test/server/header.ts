import type { Language } from './languages.ts';
import { type Parameter, readParameters } from './parameters.ts';
import { closing, type Token } from './tokens.ts';

/** What stands before a function's body. Offsets count from the start of the text. */
export interface Header {
  readonly name: string;
  /** Offset of the first word of the declaration's first line. */
  readonly start: number;
  readonly parameters: readonly Parameter[];
  /** Offset behind the parenthesis that closes the parameters. */
  readonly parametersEnd: number;
  /** The declared type of what it returns; empty if none is declared. */
  readonly returns: string;
  /** Index, among the significant tokens, of what opens the body; of the arrow where the body is an expression. */
  readonly bodyIndex: number;
}

/** The function whose name or keyword is the significant token at `index`. */
export function readHeader(
  words: readonly Token[],
  index: number,
  text: string,
  language: Language,
): Header | undefined {
  const name = nameIndex(words, index, language);
  if (name === undefined) {
    return undefined;
  }
  const open = parametersIndex(words, name.index, name.arrow);
  const close = words[open]?.text === '(' ? closing(words, open) : -1;
  const body = close === -1 ? -1 : bodyIndex(words, close + 1, name.arrow, language);
  const [first, last, opener, nameToken] = [words[open], words[close], words[body], words[name.index]];
  if (first === undefined || last === undefined || opener === undefined || nameToken === undefined) {
    return undefined;
  }
  const parametersEnd = last.start + 1;
  const declared = text.slice(parametersEnd, opener.start).trim();
  return {
    name: nameToken.text,
    start: declarationStart(text, nameToken.start),
    parameters: readParameters(words.slice(open + 1, close), text, language),
    parametersEnd,
    returns:
      language.id === 'java'
        ? javaType(words, name.index)
        : declared.replace(/^(?::|->)\s*/, '').replace(/\s*\bwhere\b[\s\S]*$/, ''),
    bodyIndex: body,
  };
}

interface Name {
  readonly index: number;
  /** Whether it is a constant that holds an arrow function. */
  readonly arrow: boolean;
}

function nameIndex(words: readonly Token[], index: number, { id, reserved }: Language): Name | undefined {
  const at = (offset: number) => words[index + offset]?.text ?? '';
  const isName = (offset: number) => words[index + offset]?.kind === 'word' && !reserved.has(at(offset));
  switch (id) {
    case 'python':
      return at(0) === 'def' && isName(1) ? { index: index + 1, arrow: false } : undefined;
    case 'rust':
      return at(0) === 'fn' && isName(1) ? { index: index + 1, arrow: false } : undefined;
    case 'go': {
      const name = at(0) !== 'func' ? -1 : at(1) === '(' ? closing(words, index + 1) + 1 : index + 1;
      return words[name]?.kind === 'word' && name > index ? { index: name, arrow: false } : undefined;
    }
    case 'java':
      return isName(0) &&
        /^[(]$/.test(at(1)) &&
        /^(?:[\w$]+|>|\]|)$/.test(at(-1)) &&
        !/^(?:new|return|else|throw|case|record)$/.test(at(-1))
        ? { index, arrow: false }
        : undefined;
    case 'typescript':
      if (at(0) === 'function') {
        const name = at(1) === '*' ? 2 : 1;
        return isName(name) ? { index: index + name, arrow: false } : undefined;
      }
      if (/^(?:const|let)$/.test(at(0)) && at(2) === '=' && (at(3) === '(' || (at(3) === 'async' && at(4) === '('))) {
        return isName(1) ? { index: index + 1, arrow: true } : undefined;
      }
      return isName(0) && /^[(<]$/.test(at(1)) && methodMayFollow.test(at(-1)) ? { index, arrow: false } : undefined;
    case 'other':
      return undefined;
  }
}

const methodMayFollow = /^(?:[{},;*]|\)|async|static|get|set|public|private|protected|override|)$/;

function parametersIndex(words: readonly Token[], name: number, arrow: boolean): number {
  if (arrow) {
    return words[name + 2]?.text === 'async' ? name + 3 : name + 2;
  }
  const generic = /^[<[]$/.test(words[name + 1]?.text ?? '');
  return generic ? closing(words, name + 1) + 1 : name + 1;
}

/** What may stand between the parameters and the body is a type, so a brace behind one of these marks belongs to it. */
const braceIsType = /^(?:[:|&<,(]|struct|interface)$/;

function bodyIndex(words: readonly Token[], from: number, arrow: boolean, { id }: Language): number {
  const opener = arrow ? '=>' : id === 'python' ? ':' : '{';
  const mayFollow: Readonly<Record<string, RegExp>> = {
    typescript: /^[:{]$|^=>$/,
    python: /^(?::|->)$/,
    rust: /^(?:\{|->|where)$/,
    java: /^(?:\{|throws)$/,
    go: /./,
  };
  if (mayFollow[id]?.test(words[from]?.text ?? '') !== true) {
    return -1;
  }
  for (let index = from; index < words.length; index++) {
    const { text } = words[index]!;
    if (text === opener && !(text === '{' && braceIsType.test(words[index - 1]?.text ?? ''))) {
      return index;
    }
    if (text === ';' || text === '}') {
      return -1;
    }
    if (/^[([{]$/.test(text)) {
      const close = closing(words, index);
      index = close === -1 ? words.length : close;
    }
  }
  return -1;
}

/** The first word of the line, or of the attributes, decorators and annotations on the lines above it. */
function declarationStart(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const start = lineStart + (/^[ \t]*/.exec(text.slice(lineStart))?.[0].length ?? 0);
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  return lineStart > 0 && /^\s*(?:@|#\[)/.test(above) ? declarationStart(text, lineStart - 1) : start;
}

function javaType(words: readonly Token[], name: number): string {
  const start = words.findLastIndex(
    ({ text }, at) => at < name && /^[;{}]$|^(?:public|private|protected|static|final|abstract)$/.test(text),
  );
  return words
    .slice(start + 1, name)
    .map(({ text }) => text)
    .join('')
    .replace(/,/g, ', ');
}
