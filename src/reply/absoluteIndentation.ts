import { indentOf, isBlank, widthOf } from './lines.ts';
import { LiteralReader } from './literals.ts';
import type { Original } from './original.ts';
import { closesWithWords, type Surroundings } from './target.ts';

/**
 * Tells, line by line, whether all lines of a reply but the first already have the document's indentation. Models
 * repeat what they are shown, and a selection that starts behind the indentation of its first line shows the others
 * with all of theirs. It is read from where the first statement ends: its closing bracket or word, or the line that
 * follows.
 */
export class RestReader {
  readonly #level: number;
  readonly #tabSize: number;
  readonly #literals: LiteralReader;
  readonly #hasWords: boolean;
  readonly #isYaml: boolean;
  /** The lines that are not blank. */
  readonly #lines: Line[] = [];
  /** Columns of the least indented closing word. */
  #closer: number | undefined;
  #depth = 0;
  /** Index of the line that ends the first statement. */
  #end: number | undefined;
  #isAbsolute: boolean | undefined;

  /** @param base the indentation that the first line must have in the document */
  constructor(base: string, original: Original, { prefix }: Surroundings) {
    const { tabSize, languageId } = original.target;
    this.#tabSize = tabSize;
    this.#level = widthOf(base, tabSize);
    this.#literals = new LiteralReader(original);
    this.#hasWords = closesWithWords(languageId);
    // A model that trims its reply takes the first line's indentation alone; that breaks only what is indented to mean something.
    this.#isYaml = languageId === 'yaml' || languageId === 'dockercompose';
    const isMeant = languageId === 'python' || this.#isYaml;
    if ((prefix === '' && !isMeant) || this.#level === 0) this.#isAbsolute = false;
  }

  /** `undefined` while the lines do not tell. */
  get isAbsolute(): boolean | undefined {
    return this.#isAbsolute;
  }

  push(text: string): void {
    if (this.#isAbsolute !== undefined) return;
    const isLiteral = this.#literals.push(text) !== undefined;
    if (isBlank(text)) return;
    const line = { text, width: widthOf(indentOf(text), this.#tabSize) };
    const index = this.#lines.push(line) - 1;
    if (/^\s*(?:end|fi|done|esac)\b/.test(text)) this.#closer = Math.min(line.width, this.#closer ?? line.width);
    if (this.#end === undefined && this.#closesAt(text, index)) this.#end = index;
    this.#isAbsolute = index === 0 ? (line.width > 0 ? false : undefined) : this.#early(line, index, isLiteral);
    const aligned = index === 1 ? this.#alignedColumn(this.#lines[0]?.text ?? '') : undefined;
    if (aligned === line.width) this.#isAbsolute = false;
    else if (this.#isYaml && aligned !== undefined && aligned + this.#level === line.width) this.#isAbsolute = true;
  }

  /** The answer when no more lines come. */
  end(): boolean {
    this.#isAbsolute ??=
      this.#closer === undefined ? this.#afterStatement(this.#end ?? 0) : this.#closer >= this.#level;
    return this.#isAbsolute;
  }

  /** What a line says for sure before the last has come. */
  #early(line: Line, index: number, isLiteral: boolean): boolean | undefined {
    if (line.width < this.#level && !isLiteral && !/^\s*#/.test(line.text)) return false;
    if (this.#hasWords) return undefined;
    const opensBlock = /[{:]\s*$/.test(this.#lines[0]?.text ?? '');
    if (index === 1 && opensBlock) {
      if (line.width > this.#level && line.width > widestUnit) return true;
      if (line.width === this.#level && !/^\s*(?:case\b|default\b|[\w-]+:|[)\]}])/.test(line.text)) return false;
    }
    if (this.#end === undefined || (index === this.#end && !startsWithCloser(line))) return undefined;
    const isAbsolute = this.#afterStatement(this.#end);
    // The body of a block at the margin may be as deep as that, and what follows it stands at the margin again.
    const isDoubtful = isAbsolute && (this.#lines[this.#end + 1]?.width ?? 0) <= widestUnit && opensBlock;
    return isDoubtful ? undefined : isAbsolute;
  }

  /** The column that the line after another is aligned with, where that tells. */
  #alignedColumn(line: string): number | undefined {
    if (!this.#isYaml) return bracketColumn(line);
    return /^(?:- +)*[^\s#-].*(?:: +[^\s|>]|[^:|>\s]$)/.test(line) ? /^(?:- +)*/.exec(line)?.[0].length : undefined;
  }

  #afterStatement(end: number): boolean {
    const last = this.#lines[end];
    if (!last) return false;
    if (end > 0 && startsWithCloser(last)) return last.width >= this.#level;
    const next = this.#lines[end + 1];
    if (!next) return end > 0 && (this.#lines[1]?.width ?? 0) > this.#level;
    const isDeeper = /[:{([]\s*$/.test(last.text) || continuation.test(next.text);
    if (!isDeeper) return next.width >= this.#level;
    return next.width > this.#level && next.width !== this.#stepAfter(end + 1);
  }

  /** By how many columns the next block that begins in a line or below is deeper. */
  #stepAfter(index: number): number | undefined {
    const rest = this.#lines.slice(index);
    const at = rest.findIndex(
      ({ text, width }, place) => /[{:]\s*$/.test(text) && (rest[place + 1]?.width ?? 0) > width,
    );
    return at === -1 ? undefined : (rest[at + 1]?.width ?? 0) - (rest[at]?.width ?? 0);
  }

  /** Whether the brackets that were opened so far are closed in this line. */
  #closesAt(text: string, index: number): boolean {
    for (const character of text) {
      if ('([{'.includes(character)) this.#depth++;
      else if (')]}'.includes(character) && --this.#depth <= 0 && index > 0) return true;
    }
    return this.#depth <= 0;
  }
}

interface Line {
  readonly text: string;
  /** Columns of its indentation. */
  readonly width: number;
}

/** The column behind the last bracket that a line leaves open, where text follows: the next line is aligned with it. */
function bracketColumn(line: string): number | undefined {
  if (/\\\s*$/.test(line)) return /^[^=]*=\s*|^\s*\w+\s+/.exec(line)?.[0].length;
  const open: number[] = [];
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if ('([{'.includes(character)) open.push(index + 1);
    else if (')]}'.includes(character)) open.pop();
  }
  const column = open.at(-1);
  return column === undefined || isBlank(line.slice(column)) ? undefined : column;
}

/** What a line that continues a statement begins with. */
const continuation = /^\s*(?:\.\w|\?\.|&&|\|\||[?:|+*/=<>]=?\s|(?:and|or)\b)/;

/** Columns: nobody indents the body of a block by more. */
const widestUnit = 4;

function startsWithCloser({ text }: Line): boolean {
  return /^\s*[)\]}]/.test(text);
}
