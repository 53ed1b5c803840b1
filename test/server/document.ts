import { isFirstOnLine } from './body.ts';
import type { Code, CodeFunction } from './code.ts';
import { type Insertion, insertAll } from './edits.ts';
import { sentence } from './facts.ts';

/** Adds a comment in the idiom of the language to each function that has none; code without functions gets one line. */
export function document(code: Code): { text: string; added: string[] } {
  if (code.language.comment === '') {
    return { text: code.text, added: [] };
  }
  if (code.functions.length === 0) {
    const calls = code.tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text);
    const names = Array.from(new Set(calls.filter((name) => !code.language.reserved.has(name)))).slice(0, 4);
    const indent = /^[ \t]*/.exec(code.text)?.[0] ?? '';
    const about = names.length === 0 ? 'Nothing yet.' : `Works with ${names.join(', ')}.`;
    return { text: `${indent}${code.language.comment} ${about}\n${code.text}`, added: names };
  }
  const bare = code.functions.filter(({ documented }) => !documented);
  return {
    text: insertAll(
      code.text,
      bare.map((one) => comment(code, one)),
    ),
    added: bare.map(({ name }) => name),
  };
}

function comment({ text, language }: Code, one: CodeFunction): Insertion {
  const docstring = language.id === 'python' && one.first !== undefined && isFirstOnLine(text, one.first);
  const place = docstring ? (one.first?.start ?? 0) : one.start;
  const at = text.lastIndexOf('\n', place - 1) + 1;
  const indent = text.slice(at, place);
  const lines = docstring ? docstringLines(one) : commentLines(one, language.id);
  return { at, text: lines.map((line) => `${line === '' ? '' : indent + line}\n`).join('') };
}

function commentLines(one: CodeFunction, id: Code['language']['id']): string[] {
  switch (id) {
    case 'typescript':
    case 'java':
      return starred(one, id);
    case 'rust':
      return [
        `/// ${sentence(one)}`,
        ...one.raises.flatMap((name) => ['///', '/// # Errors', `/// \`${name}\``]).slice(0, 3),
      ];
    case 'go':
      return [`// ${one.name} ${lowerFirst(sentence(one))}`];
    case 'python':
    case 'other':
      return [`# ${sentence(one)}`];
  }
}

/** JSDoc and Javadoc: the sentence, then the tags. */
function starred(one: CodeFunction, id: 'typescript' | 'java'): string[] {
  const named = one.parameters.filter(({ name }) => /^[\w$]+$/.test(name));
  const tags = [
    ...named.map(
      ({ name, type, fallback }) => `@param ${name} ${typed(type)}${fallback === '' ? '' : ` Default: ${fallback}.`}`,
    ),
    ...(one.results.length === 0 ? [] : [`@returns ${results(one)}`]),
    ...one.raises.map((name) => `@throws ${id === 'java' ? `${name} if it cannot go on.` : `{${name}}`}`),
  ].map((tag) => (id === 'java' ? tag.replace('@returns', '@return').replace(/[<>&]/g, escaped) : tag));
  const text = id === 'java' ? sentence(one).replace(/[<>&]/g, escaped) : sentence(one);
  return tags.length === 0
    ? [`/** ${safe(text)} */`]
    : ['/**', ` * ${safe(text)}`, ...tags.map((tag) => ` * ${safe(tag)}`), ' */'];
}

function docstringLines(one: CodeFunction): string[] {
  const named = one.parameters.filter(({ name }) => name !== 'self' && name !== 'cls');
  const args = named.map(
    ({ name, type, fallback }) => `    ${name}: ${typed(type)}${fallback === '' ? '' : ` Default: ${fallback}.`}`,
  );
  const sections = [
    ...(args.length === 0 ? [] : ['', 'Args:', ...args]),
    ...(one.results.length === 0 ? [] : ['', 'Returns:', `    ${results(one)}`]),
    ...(one.raises.length === 0
      ? []
      : ['', 'Raises:', ...one.raises.map((name) => `    ${name}: if it cannot go on.`)]),
  ].map((line) => line.replaceAll('\\', '\\\\').replaceAll('"""', "'''"));
  return sections.length === 0 ? [`"""${sentence(one)}"""`] : [`"""${sentence(one)}`, ...sections, '"""'];
}

function typed(type: string): string {
  return type === '' ? 'Of a type that the code does not name.' : `Of type ${type}.`;
}

function results({ results: [first = ''], returns }: CodeFunction): string {
  const whole = /^[\w$.\s]*$/.test(first) || isBalanced(first) ? first : 'what its last expression gives';
  return returns === '' ? `${whole}.` : `${whole}, as ${returns}.`;
}

/** Whether an expression ends on its line. */
function isBalanced(expression: string): boolean {
  const count = (marks: RegExp) => expression.match(marks)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) && /[\w)\]}'"`]$/.test(expression);
}

function safe(text: string): string {
  return text.replaceAll('*/', '*\\/');
}

function escaped(mark: string): string {
  return mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : '&amp;';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
