import type { Code, CodeFunction } from './code.ts';
import { type Insertion, insertAll } from './edits.ts';
import type { Parameter } from './parameters.ts';

/** Adds the types that can be inferred to the parameters and results of functions in TypeScript and Python. */
export function annotate(code: Code): { text: string; added: string[] } {
  const { language, functions, text } = code;
  if (language.id !== 'typescript' && language.id !== 'python') {
    return { text, added: [] };
  }
  const names = typeNames[language.id];
  const insertions = functions.flatMap((one) => {
    const parameters = one.parameters.flatMap((parameter) => {
      const type = parameter.type === '' ? parameterType(parameter, one) : undefined;
      return type === undefined ? [] : [{ at: parameter.nameEnd, text: `: ${names[type]}` }];
    });
    const result = one.returns === '' ? resultType(one, text) : undefined;
    const arrow = language.id === 'python' ? ' -> ' : ': ';
    const returned = result === undefined ? [] : [{ at: one.parametersEnd, text: `${arrow}${names[result]}` }];
    return [...parameters, ...returned].map((insertion): [string, Insertion] => [one.name, insertion]);
  });
  return {
    text: insertAll(
      text,
      insertions.map(([, insertion]) => insertion),
    ),
    added: Array.from(new Set(insertions.map(([name]) => name))),
  };
}

type Kind = 'string' | 'number' | 'boolean' | 'nothing';

const typeNames: Readonly<Record<'typescript' | 'python', Readonly<Record<Kind, string>>>> = {
  typescript: { string: 'string', number: 'number', boolean: 'boolean', nothing: 'void' },
  python: { string: 'str', number: 'int', boolean: 'bool', nothing: 'None' },
};

const stringMethods =
  /^(?:split|trim|strip|startsWith|startswith|toUpperCase|upper|lower|toLowerCase|charAt|ljust|rjust|center)$/;

/** The default value tells, or a method that only strings have. */
function parameterType({ name, fallback }: Parameter, { words }: CodeFunction): Kind | undefined {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) {
    return undefined;
  }
  const isText = words.some(
    ({ text }, index) =>
      text === name &&
      words[index - 1]?.text !== '.' &&
      words[index + 1]?.text === '.' &&
      stringMethods.test(words[index + 2]?.text ?? ''),
  );
  return literalType(fallback) ?? (isText ? 'string' : undefined);
}

/** A type that all results share, if each tells its own; nothing if there is no result and none is yielded. */
function resultType({ results, words, name, start }: CodeFunction, text: string): Kind | undefined {
  const accessor = /^(?:[gs]et|async)\s|\basync\b|\*/.test(text.slice(start, text.indexOf(name, start)));
  if (accessor || name === 'constructor' || words.some(({ text }) => text === 'yield')) {
    return undefined;
  }
  if (words.some(({ text }) => text === 'return')) {
    const kinds = new Set(results.map(literalType));
    return kinds.size === 1 ? kinds.values().next().value : undefined;
  }
  return words[0] === undefined || isExpressionBody(text, words[0].start) ? undefined : 'nothing';
}

function isExpressionBody(text: string, start: number): boolean {
  return /=>\s*\{?$/.test(text.slice(0, start));
}

function literalType(source: string): Kind | undefined {
  if (/^(?:true|false)$/i.test(source)) {
    return 'boolean';
  }
  if (/^-?\d[\d_]*$/.test(source)) {
    return 'number';
  }
  return /^f?(?:"[^"]*"|'[^']*'|`[^`]*`)$/.test(source) ? 'string' : undefined;
}
