import { indentOf, isBlank, looseIndentOf, splitLines, widthOf } from './lines.ts';
import { type LiteralKind, LiteralReader } from './literals.ts';
import { placeOf } from './insertionPlace.ts';
import type { Original } from './original.ts';
import { RestReader } from './absoluteIndentation.ts';
import type { Surroundings } from './target.ts';
import { UnitReader } from './indentUnits.ts';

/**
 * Code as it is written in place of the selection: indented from the selection's first line on, with tabs or spaces
 * and line breaks as they are there, and with the selection's own blank lines and line break around it; at a cursor
 * as `placeOf` tells. Nothing but white space is changed.
 */
export function fitCode(code: string, original: Original): string {
  const lines = withoutBlankEdges(splitLines(code));
  if (lines.length === 0) return '';
  const { around, before, after } = placeOf(code, original.target);
  const fitter = new LineFitter(original, around, hasRecipes(lines, original));
  const fitted = [...lines.flatMap((line) => fitter.push(line)), ...fitter.end()];
  const text = before + fitted.join('\n') + after(fitted.at(-1) ?? '');
  return text.replaceAll(/\r\n|\r|\n/g, lineBreak(around.selection, original.target.eol));
}

/**
 * Indents lines as the document needs them, each as soon as the lines up to there tell how. The first continues the
 * document's line where the selection starts inside one.
 */
export class LineFitter {
  readonly #tabSize: number;
  readonly #prefix: string;
  readonly #base: string | undefined;
  readonly #rest: RestReader;
  readonly #units: UnitReader;
  readonly #literals: LiteralReader;
  readonly #waiting: Waiting[] = [];
  /** The indentation of the first line in the reply. */
  #from: string | undefined;

  /** @param keepsIndent the first line is indented as it comes */
  constructor(original: Original, around: Surroundings, keepsIndent = false) {
    const { target } = original;
    this.#tabSize = target.tabSize;
    this.#prefix = around.prefix;
    this.#base = keepsIndent ? undefined : baseIndent(around);
    this.#rest = new RestReader(this.#base ?? '', original, around);
    this.#units = new UnitReader(target, around);
    this.#literals = new LiteralReader(original);
  }

  /** Takes the next line, the first not blank, and gives the fitted lines that are certain now. */
  push(raw: string): string[] {
    const line = withPlainIndent(raw);
    this.#rest.push(line);
    this.#units.push(line);
    const isFirst = this.#from === undefined;
    this.#from ??= indentOf(line);
    this.#waiting.push({ line, isFirst, literal: this.#literals.push(line) });
    return this.#drain();
  }

  /** The lines that are left, when no more come. */
  end(): string[] {
    this.#rest.end();
    this.#units.end();
    return this.#drain();
  }

  #drain(): string[] {
    const fitted: string[] = [];
    for (const waiting of this.#waiting) {
      const line = this.#fit(waiting);
      if (line === undefined) break;
      fitted.push(line);
    }
    this.#waiting.splice(0, fitted.length);
    return fitted;
  }

  #fit({ line, isFirst, literal }: Waiting): string | undefined {
    const indent = indentOf(line);
    const rest = line.slice(indent.length);
    const base = this.#base;
    const prefix = this.#prefix;
    if (isFirst && !isBlank(prefix)) return rest;
    if (isFirst && base !== undefined) return (base.startsWith(prefix) ? base.slice(prefix.length) : '') + rest;
    if (line === '' || literal === 'fixed') return line;
    const { isAbsolute } = this.#rest;
    if (isAbsolute === undefined) return undefined;
    if (isAbsolute) return line;
    const from = base === undefined ? '' : (this.#from ?? '');
    if (!indent.startsWith(from)) return shallower(indent, from, base ?? '', this.#tabSize) + rest;
    const deeper = indent.slice(from.length);
    const converted = literal === 'moved' || deeper === '' ? deeper : this.#units.convert?.(deeper);
    return converted === undefined ? undefined : (base ?? '') + converted + rest;
  }
}

interface Waiting {
  readonly line: string;
  readonly isFirst: boolean;
  readonly literal: LiteralKind | undefined;
}

/** The indentation of a line that has less than the first one, or other characters. */
function shallower(indent: string, from: string, base: string, tabSize: number): string {
  const width = Math.max(0, widthOf(base, tabSize) + widthOf(indent, tabSize) - widthOf(from, tabSize));
  if (!base.includes('\t')) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / tabSize)) + ' '.repeat(width % tabSize);
}

/** Its lines are at the margin, wherever the code is. */
const conflictMark = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/;

/** The indentation that the first line must have in the document; `undefined`: the code keeps its own. */
function baseIndent({ selection, prefix }: Surroundings): string | undefined {
  if (!isBlank(prefix)) return indentOf(prefix);
  const lines = splitLines(selection);
  const first = lines.findIndex((line) => !isBlank(line) && !conflictMark.test(line));
  if (first === -1) return prefix === '' ? undefined : prefix;
  return (first === 0 ? prefix : '') + indentOf(lines[first] ?? '');
}

/** Whether lines for a makefile are told apart by their tabs: then each has its own. */
function hasRecipes(lines: readonly string[], { target }: Original): boolean {
  return target.languageId === 'makefile' && lines.some((line) => line.startsWith('\t'));
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

function withPlainIndent(line: string): string {
  const indent = looseIndentOf(line);
  return indent.replaceAll('\u00A0', ' ').replaceAll(/[\u200B\uFEFF]/g, '') + line.slice(indent.length);
}

/** The line break that the selection has most of. */
function lineBreak(selection: string, eol: '\n' | '\r\n'): '\n' | '\r\n' {
  const all = selection.split('\n').length - 1;
  const withReturn = selection.split('\r\n').length - 1;
  if (withReturn * 2 === all) return eol;
  return withReturn * 2 > all ? '\r\n' : '\n';
}
