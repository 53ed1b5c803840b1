import { indentOf, isBlank, widthOf } from './lines.ts';
import { beginsBlock, documentIndent } from './indentUnits.ts';
import { LiteralReader } from './literals.ts';
import type { Original } from './original.ts';
import { closesWithWords, isProseLanguage, type Surroundings } from './target.ts';

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
  readonly #isStrict: boolean;
  readonly #languageId: string;
  /** Columns of one level in the document. */
  readonly #unit: number;
  /** The lines that are not blank. */
  readonly #lines: Line[] = [];
  /** Columns of the least indented closing word. */
  #closer: number | undefined;
  #depth = 0;
  /** Index of the line that ends the first statement. */
  #end: number | undefined;
  #isAbsolute: boolean | undefined;

  /** @param base the indentation that the first line must have in the document */
  constructor(base: string, original: Original, around: Surroundings) {
    const { prefix } = around;
    const { tabSize, languageId } = original.target;
    this.#tabSize = tabSize;
    this.#level = widthOf(base, tabSize);
    this.#literals = new LiteralReader(original);
    this.#languageId = languageId;
    this.#unit = widthOf(documentIndent(original.target, around), tabSize);
    this.#hasWords = closesWithWords(languageId);
    this.#isYaml = languageId === 'yaml' || languageId === 'dockercompose';
    // A model that trims its reply takes the first line's indentation alone. Most often only what ends the block tells.
    this.#isStrict = prefix === '' && languageId !== 'python' && !this.#isYaml;
    if (this.#level === 0 || (this.#isStrict && isProseLanguage(languageId))) this.#isAbsolute = false;
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
    if (this.#isStrict && index > 0) {
      this.#isAbsolute = this.#strictly(line, index, isLiteral);
      return;
    }
    if (this.#isTagged && index > 0) {
      if (line.width < this.#level && !isLiteral) this.#isAbsolute = false;
      return;
    }
    this.#isAbsolute = index === 0 ? (line.width > 0 ? false : undefined) : this.#early(line, index, isLiteral);
    const aligned = index === 1 ? this.#alignedColumn(this.#lines[0]?.text ?? '') : undefined;
    if (aligned === line.width) this.#isAbsolute = false;
    else if (this.#isYaml && aligned !== undefined && aligned + this.#level === line.width) this.#isAbsolute = true;
  }

  /** The answer when no more lines come. */
  end(): boolean {
    if (this.#isStrict || this.#isTagged) this.#isAbsolute ??= this.#atEnd();
    this.#isAbsolute ??=
      this.#closer === undefined ? this.#afterStatement(this.#end ?? 0) : this.#closer >= this.#level;
    return this.#isAbsolute;
  }

  /** The second line may tell, and the line that closes the first block, which is where the block is. */
  #strictly(line: Line, index: number, isLiteral: boolean): boolean | undefined {
    if (isLiteral || /^\s*#/.test(line.text)) return undefined;
    if (line.width < this.#level) return false;
    const first = this.#lines[0]?.text ?? '';
    const isComplete = this.#end === 0 && /[;)}\]]\s*$/.test(first);
    const mayOpen = !isComplete || beginsBlock(first, this.#languageId);
    if (index === 1 && isComplete && !mayOpen && line.width === this.#level && !continuation.test(line.text))
      return true;
    if (index === 1 && mayOpen && line.width === this.#unit && !startsWithCloser(line)) return false;
    return index === this.#end && startsWithCloser(line) ? line.width === this.#level : undefined;
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

  #atEnd(): boolean {
    if (this.#closer !== undefined) return this.#closer === this.#level;
    const [, second] = this.#lines;
    const last = this.#lines.at(-1);
    if (!second || !last) return false;
    if (startsWithCloser(last)) return last.width === this.#level;
    return this.#hasBrackets && second.width === this.#level + this.#unit && !/^\s*</.test(last.text);
  }

  /** Whether the first line opens a block by a sign; words may stand anywhere. */
  get #hasBrackets(): boolean {
    const first = this.#lines[0]?.text ?? '';
    return /[{:([=>]\s*$/.test(first) || beginsBlock(first, this.#languageId);
  }

  get #isTagged(): boolean {
    return /^\s*</.test(this.#lines[0]?.text ?? '');
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
  return /^\s*(?:[)\]}]|<\/)/.test(text);
}
