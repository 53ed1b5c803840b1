import { essence, indentOf, isBlank, similarity, splitLines } from './lines.ts';
import type { Original } from './original.ts';
import { headsAround, isTelling } from './heads.ts';
import { keywordsIn, namesIn } from './plainGrammar.ts';

/**
 * The first line of code that belongs outside of the selection: above, below, around it, or at a file's top.
 *
 * @param asked whether lines from above and below are looked for: where some were cut off, others are alike only
 */
export function outsideIn(
  lines: readonly string[],
  original: Original,
  asked: { readonly isAbove: boolean; readonly isBelow: boolean },
): string | undefined {
  const { around, own } = original;
  const shown = lines.filter((line) => !isBlank(line));
  return (
    fileHead(shown, original) ??
    (asked.isAbove
      ? repeated(
          shown.map((line) => line.trim()),
          essence(around.before.join('\n')),
          own,
        )
      : undefined) ??
    (asked.isBelow
      ? repeated(shown.map((line) => line.trim()).toReversed(), essence(around.after.join('\n')).toReversed(), own)
      : undefined) ??
    changedHead(shown, original) ??
    container(shown, original)
  );
}

/** Tells line by line whether code that still comes may hold lines from outside; only all of it can tell for sure. */
export class OutsideReader {
  readonly #original: Original;
  readonly #before: ReadonlySet<string>;
  readonly #own: ReadonlySet<string>;
  #lines: string[] = [];
  #isOwn = false;

  constructor(original: Original) {
    this.#original = original;
    this.#before = new Set(essence(original.around.before.join('\n')));
    this.#own = new Set(original.own);
  }

  push(line: string): boolean {
    const text = line.trim();
    if (text === '' || this.#isOwn) return false;
    this.#lines.push(line);
    this.#isOwn = this.#own.has(text) || this.#lines.length > 20;
    const isFirst = this.#lines.length === 1;
    const isRepeated = !this.#isOwn && this.#before.has(text) && isTelling([text]) !== isFirst && /\p{L}/u.test(text);
    const kept = [...this.#lines, `${indentOf(line)}\t\tx`];
    return (
      isRepeated ||
      isImport(text) ||
      top.test(text) ||
      changedHead(kept, this.#original) !== undefined ||
      keywordsIn(this.#lines[0] ?? '').some(
        (word) => containers.test(word) && !keywordsIn(this.#original.own[0] ?? '').includes(word),
      )
    );
  }
}

/**
 * Lines from before the selection, in their order, ahead of all that is its own: two at least, and half of those that
 * stand from there to the selection.
 */
function repeated(shown: readonly string[], previous: readonly string[], own: readonly string[]): string | undefined {
  const selected = new Set(own);
  const first = shown.findIndex((line) => selected.has(line) && isTelling([line]));
  const head = new Set(first === -1 ? shown : shown.slice(0, first));
  const start = previous.findIndex(
    (line) => head.has(line) && isTelling([line]) && previous.indexOf(line) === previous.lastIndexOf(line),
  );
  if (start === -1) return undefined;
  const passed = previous.slice(start).filter((line) => isTelling([line]) && !selected.has(line));
  const known = passed.filter((line) => head.has(line));
  return known.length >= 2 && known.length * 2 >= passed.length ? known[0] : undefined;
}

/** The head of a block around the selection, with changes: most of its words, or the name that it declares. */
function changedHead(shown: readonly string[], original: Original): string | undefined {
  const heads = [...headsAround(original.around)];
  const depth = Math.min(...shown.map((line) => indentOf(line).length));
  return shown
    .find((line, index) => {
      const below = shown[index + 1] ?? '';
      const isHead = indentOf(below).length > depth || below.trim() === '{' || line.trimEnd().endsWith(',');
      if (indentOf(line).length > depth || !isHead) return false;
      const head = heads.find((one) => isAlike(one, line) || declaresSame(one, line));
      return head !== undefined && !original.own.some((one) => similarity(one, line) >= similarity(head, line));
    })
    ?.trim();
}

function isAlike(head: string, line: string): boolean {
  const names = new Set(namesIn(line));
  return similarity(head, line) >= 0.6 && namesIn(head).some((name) => names.has(name));
}

function declaresSame(head: string, line: string): boolean {
  const kinds = keywordsIn(head).filter((word) => declarations.test(word));
  return namesIn(head)[0] === namesIn(line)[0] && kinds.some((kind) => keywordsIn(line).includes(kind));
}

/** Declarations that hold others; one of the kind in which the selection is was not asked for. */
const containers = /^(?:class|struct|impl|interface|trait|module|namespace|enum|object|extension|contract)$/;

function container(shown: readonly string[], { around, own }: Original): string | undefined {
  const [first, ...others] = shown;
  const [inner] = headsAround(around);
  if (first === undefined || inner === undefined || own[0] === undefined) return undefined;
  const kinds = keywordsIn(first).filter((word) => containers.test(word));
  if (kinds.length === 0 || !kinds.some((kind) => keywordsIn(inner).includes(kind))) return undefined;
  if (keywordsIn(own[0]).some((word) => kinds.includes(word))) return undefined;
  const isWrapped = others.some(
    (line) => indentOf(line).length > indentOf(first).length && similarity(line, own[0] ?? '') >= 0.5,
  );
  return isWrapped ? first.trim() : undefined;
}

/** What a file has once, at its very top. */
const top =
  /^(?:#!|<\?php$|\?>$|<\?xml\b|<!doctype\b|<html\b|package\s+[\w.]+;?$|\\documentclass\b|\\begin\{document\})/i;
// linear: it begins where the text begins.
const imports = /^(?:import|from\s+\S+\s+import|use|using|#include|#import|require_relative)\b(?!\s*\()|^import\s*\($/;
const declarations =
  /^(?:class|def|fn|fun|func|function|impl|interface|module|struct|sub|trait|pub|public|private|void|static)$/;
/** Languages that import inside of functions, too. */
const importsAnywhere = new Set(['python', 'rust', 'scala', 'julia', 'ruby', 'lua', 'perl', 'nim']);

function fileHead(shown: readonly string[], { around, own, target }: Original): string | undefined {
  const isTop = around.before.every((line) => isBlank(line) || isImport(line)) && isBlank(around.prefix);
  const own0 = own[0] ?? '';
  for (const line of shown.slice(0, 20).map((text) => text.trim())) {
    if (own.includes(line)) continue;
    if (isTitle(line, around.before, own)) return line;
    if (top.test(line) && !own.some((one) => top.test(one)) && !around.before.every(isBlank)) return line;
    if (!isImport(line) || isTop || own.some(isImport)) continue;
    const isNested = indentOf(around.prefix + splitLines(around.selection)[0]).length > 0;
    const isDeclared = keywordsIn(own0).some((word) => declarations.test(word));
    if (own.length === 0 || (isNested && importsAnywhere.has(target.languageId) && !isDeclared)) continue;
    if (shown.some((text) => !isImport(text.trim()) && similarity(text, own0) > 0.3)) return line;
  }
  return undefined;
}

/** Whether a line says what the document's first line says alone: what the file is called. */
function isTitle(line: string, before: readonly string[], own: readonly string[]): boolean {
  // linear: it begins where the text begins.
  const title = /^\(?[a-z]+(?= +[\w.\\:-]+(?: \w+)?[;)]?$)/;
  const [word] = title.exec(before.find((text) => !isBlank(text))?.trim() ?? '') ?? [];
  if (word === undefined || title.exec(line)?.[0] !== word) return false;
  return ![...own, ...before.slice(1)].some((text) => text.trim().startsWith(`${word} `));
}

function isImport(line: string): boolean {
  return imports.test(line.trim());
}
