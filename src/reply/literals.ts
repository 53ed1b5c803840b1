import { indentOf, isBlank, splitLines } from './lines.ts';
import type { Original } from './original.ts';
import type { CodeLine, GrammarState } from './syntax.ts';
import { readLines } from './syntax.ts';
import { isMarkupLanguage } from './target.ts';

/**
 * How a line inside a string that spans lines is indented, where indentation is content. `fixed`: it stays as it is,
 * because the text is not indented with the code around it; `moved`: it goes with the code, but keeps its tabs and
 * spaces.
 */
export type LiteralKind = 'fixed' | 'moved';

/** A string that ends at a line of its own, whatever is around it: only its mark may say that it is indented. */
// linear: it begins at marks that it does not repeat.
const document = /<<<?(?![-~<=])\s*["'\\]?[A-Za-z_]\w*|@["']\s*$/;
/** Strings whose indentation is that of the code around them: documentation, and what a language takes it from. */
const indentable = /"""|'''|<<[-~]|(?::|^\s*-) +[|>][-+\d]*\s*$/;
const preformatted = /<(pre|textarea)\b/g;

/** Tells line by line what is inside strings that span lines, and elements whose white space is shown. */
export class LiteralReader {
  readonly #original: Original;
  readonly #known: ReadonlySet<string>;
  /** Whether the strings of the selection keep their own indentation; `undefined`: it has none over lines. */
  readonly #isFixed: boolean | undefined;
  readonly #hasElements: boolean;
  #state: GrammarState;
  #isFirst = true;
  /** The line that began what is open, and how its lines are indented as soon as one tells. */
  #open: { readonly line: string; kind: LiteralKind | undefined } | undefined;
  /** The element that is open. */
  #element: string | undefined;

  constructor(original: Original) {
    this.#original = original;
    this.#known = new Set(splitLines(original.around.selection));
    this.#state = original.before;
    this.#hasElements = isMarkupLanguage(original.target.languageId);
    this.#isFixed = hasFlushString(original.old.lines);
  }

  push(line: string): LiteralKind | undefined {
    const { grammar, before, around } = this.#original;
    const [read] = readLines([this.#isFirst ? around.prefix + line : line], grammar, this.#state).lines;
    const isInside = !this.#isFirst && (read?.inside === 'string' || this.#element !== undefined);
    if (read) this.#state = grammar.read(read.text, this.#state).end;
    this.#isFirst = false;
    const kind = isInside && grammar.inside(before) !== 'string' ? this.#kindOf(line) : undefined;
    if (!isInside) this.#open = { line, kind: undefined };
    if (this.#hasElements) this.#followElement(line);
    return kind;
  }

  #kindOf(line: string): LiteralKind | undefined {
    const open = this.#open;
    if (!open) return undefined;
    if (open.kind === undefined && !isBlank(line)) {
      const depth = indentOf(open.line).length;
      const isFlush = depth === 0 && (this.#known.has(line) || this.#isFixed);
      const isContent = this.#isFixed ?? !indentable.test(open.line);
      open.kind = indentOf(line).length < depth || isFlush || isContent || document.test(open.line) ? 'fixed' : 'moved';
    }
    return open.kind;
  }

  #followElement(line: string): void {
    if (this.#element === undefined) this.#element = openElement(line);
    else if (line.toLowerCase().includes(`</${this.#element.toLowerCase()}`)) this.#element = undefined;
  }
}

/** The first element whose white space is shown and that the line does not end. */
function openElement(line: string): string | undefined {
  const lower = line.toLowerCase();
  const ends = new Map(['pre', 'textarea'].map((name) => [name, lower.lastIndexOf(`</${name}>`)]));
  for (const { index, 1: name = '' } of lower.matchAll(preformatted)) if ((ends.get(name) ?? -1) < index) return name;
  return undefined;
}

/** Whether strings over lines are less indented than the line that they begin in; `undefined`: there are none. */
function hasFlushString(lines: readonly CodeLine[]): boolean | undefined {
  let depth = 0;
  let isFlush: boolean | undefined;
  for (const { text, inside } of lines) {
    if (inside !== 'string') depth = indentOf(text).length;
    else if (!isBlank(text)) isFlush = (isFlush ?? false) || indentOf(text).length < depth;
  }
  return isFlush;
}
