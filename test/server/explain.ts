import { type CodeFunction, readCode } from './code.ts';
import { document } from './document.ts';
import { inline, list } from './facts.ts';
import { fenced } from './fence.ts';
import type { AttachedCode, Question } from './question.ts';

/** Explains code by what was read from it; `[1]` to `[3]` are the sources of its language. */
export function explain(code: AttachedCode, { words, earlier }: Pick<Question, 'words' | 'earlier'>): string {
  const mentioned = new Set(words.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const asked = code.functions.filter(({ name }) => mentioned.has(name));
  const shown = asked.length > 0 ? asked : code.functions;
  return [
    overview(code, earlier),
    ...shown.map((one, index) => paragraph(one, code, index)),
    ...(shown.length === 0 ? [plainParagraph(code)] : remarks(code, shown)),
    ...excerpt(code, shown),
  ].join('\n\n');
}

function overview(code: AttachedCode, earlier: boolean): string {
  const { functions, types, language, text, label } = code;
  const lines = text.split('\n').length;
  const what = [
    functions.length === 0
      ? ''
      : `${plural(functions.length, 'function')} (${list(functions.map(({ name }) => inline(name)))})`,
    types.length === 0 ? '' : `${plural(types.length, 'type')} (${list(types.map(inline))})`,
  ].filter((part) => part !== '');
  const subject = earlier ? `The code from before${label && ` (${label})`}` : label === '' ? 'This code' : label;
  return `${subject} is ${language.name}, ${plural(lines, 'line')}${what.length === 0 ? '' : `, and holds ${list(what)}`}.`;
}

/** What a function takes, does and gives. The sources are cited in turn: functions, control flow. */
function paragraph(one: CodeFunction, code: AttachedCode, index: number): string {
  const own = new Set(code.functions.map(({ name }) => name));
  const inside = one.calls.filter((name) => own.has(name));
  const outside = one.calls.filter((name) => !own.has(name));
  const callers = code.functions.filter(({ calls }) => calls.includes(one.name)).map(({ name }) => inline(name));
  const cite = (number: number) => (code.language.sources.length >= number && index < 3 ? ` [${number}]` : '');
  return [
    `**${inline(one.name)}** ${one.parameters.length === 0 ? 'takes nothing' : `takes ${list(one.parameters.map(parameterText))}`}${returnText(one)}.${cite(1)}`,
    one.loops.length === 0 ? '' : `It repeats: ${list(one.loops.map(inline))}.${cite(2)}`,
    one.branches.length === 0
      ? ''
      : `It decides: ${list(one.branches.map(inline))}.${one.loops.length === 0 ? cite(2) : ''}`,
    inside.length === 0 ? '' : `From this code it calls ${list(inside.map(inline))}.`,
    outside.length === 0 ? '' : `From elsewhere it uses ${list(outside.map(inline))}.`,
    one.raises.length === 0 ? '' : `It can fail with ${list(one.raises.map(inline))}.`,
    callers.length === 0 ? '' : `It is called by ${list(callers)}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function parameterText({ name, type, fallback }: CodeFunction['parameters'][number]): string {
  return `${inline(name)}${type === '' ? '' : ` of type ${inline(type)}`}${fallback === '' ? '' : ` (${inline(fallback)} unless given)`}`;
}

function returnText({ returns, results }: CodeFunction): string {
  const values = Array.from(new Set(results)).slice(0, 3).map(inline);
  const type = returns === '' ? '' : `, declared as ${inline(returns)}`;
  return values.length === 0
    ? `${type} and returns no value by a ${inline('return')}`
    : ` and returns ${values.join(' or ')}${type}`;
}

function remarks({ language }: AttachedCode, shown: readonly CodeFunction[]): string[] {
  const bare = shown.filter(({ documented }) => !documented).map(({ name }) => inline(name));
  const untyped = shown.flatMap(({ name, parameters }) =>
    parameters
      .filter(({ name, type }) => type === '' && !/^(?:&?(?:mut )?self|cls)$/.test(name))
      .map((parameter) => `${inline(parameter.name)} of ${inline(name)}`),
  );
  const points = [
    bare.length === 0 ? '' : `- Without a comment: ${list(bare)}. [3]`,
    untyped.length === 0 ? '' : `- Without a declared type: ${list(untyped)}. [2]`,
  ].filter((point) => point !== '');
  return points.length === 0
    ? [`Every function here says in ${language.name}'s own way what it is for. [3]`]
    : [`What could be clearer:\n\n${points.join('\n')}`];
}

function plainParagraph({ tokens, language }: AttachedCode): string {
  const names = new Set(
    tokens.flatMap(({ kind, text }) => (kind === 'word' && !language.reserved.has(text) ? [text] : [])),
  );
  const cite = language.sources.length === 0 ? '' : ' [1] [2] [3]';
  return names.size === 0
    ? 'There is no name in it.'
    : `No whole function is in it. Its names are ${list(Array.from(names, inline).slice(0, 40))}.${cite}`;
}

/** The first function that lacks a comment, with one. */
function excerpt(code: AttachedCode, shown: readonly CodeFunction[]): string[] {
  const one = shown.find(({ documented }) => !documented) ?? shown[0];
  if (one === undefined) {
    return [];
  }
  const lineStart = code.text.lastIndexOf('\n', one.start - 1) + 1;
  const lineEnd = code.text.indexOf('\n', one.bodyEnd + 1);
  const indent = code.text.slice(lineStart, one.start);
  const lines = code.text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).split('\n');
  const dedented = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
  const { text } = document(readCode(dedented, code.language));
  return [`${inline(one.name)} with a comment that says this:`, fenced(code, text)];
}

function plural(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}
