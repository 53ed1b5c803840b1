import { indentOf, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './target.ts';
import { closesWithWords, isProseLanguage, type Surroundings } from './target.ts';

/**
 * Translates the indentation of a reply's lines, beyond that of its first line, to what the document uses there: tabs
 * or spaces, and as many of them a level, where the reply's own unit is beyond doubt. It takes the lines one by one.
 */
export class UnitReader {
  readonly #target: ReplyTarget;
  /** Spaces a level in the document; `undefined`: it uses tabs. */
  readonly #documentUnit: number | undefined;
  readonly #steps: StepReader;
  #hasTabs = false;
  #convert: Converter | undefined;

  constructor(target: ReplyTarget, around: Surroundings) {
    this.#target = target;
    this.#steps = new StepReader(target.languageId);
    this.#documentUnit = usesTabs(target, around) ? undefined : documentUnit(target, around);
    if (isProseLanguage(target.languageId)) this.#convert = (indent) => indent;
  }

  /** `undefined` while the lines do not tell. */
  get convert(): Converter | undefined {
    return this.#convert;
  }

  push(line: string): void {
    if (this.#convert) return;
    this.#steps.push(line);
    this.#hasTabs ||= line.startsWith('\t');
    const step = this.#steps.first;
    // A line that is continued may be indented by spaces although the code uses tabs.
    const isAlignment = this.#documentUnit === undefined && step && !step.opensBlock;
    if (this.#hasTabs || (step && !isAlignment)) this.end();
  }

  /** Decides by the lines that have come. */
  end(): void {
    this.#convert ??=
      this.#documentUnit === undefined ? this.#toTabs() : this.#toSpaces(this.#documentUnit, this.#steps.first);
  }

  #toTabs(): Converter {
    const step = this.#steps.first;
    if (this.#hasTabs) return (indent) => indent;
    const unit = step && step.size > 1 ? step.size : this.#target.tabSize;
    return (indent) =>
      /^ +$/.test(indent) ? '\t'.repeat(indent.length / unit) + ' '.repeat(indent.length % unit) : indent;
  }

  #toSpaces(unit: number, step: Step | undefined): Converter {
    const scales = step?.opensBlock && unitSizes.has(step.size) && !alignedLanguages.has(this.#target.languageId);
    const from = scales ? step.size : unit;
    return (indent) => {
      const tabs = /^\t*/.exec(indent)?.[0].length ?? 0;
      if (tabs > 0) return ' '.repeat(tabs * unit) + indent.slice(tabs);
      return ' '.repeat(Math.floor(indent.length / from) * unit + (indent.length % from));
    };
  }
}

type Converter = (indent: string) => string;

const unitSizes = new Set([2, 3, 4, 8]);

/** Languages that align by column: their spaces are never scaled. */
const alignedLanguages = new Set(['yaml', 'dockercompose', 'haskell', 'elm', 'purescript', 'makefile']);

function usesTabs({ languageId, insertSpaces }: ReplyTarget, { selection }: Surroundings): boolean {
  if (languageId === 'makefile') return true;
  if (languageId === 'yaml' || languageId === 'dockercompose') return false;
  const indented = splitLines(selection).filter((line) => /^\s+\S/.test(line));
  if (indented.length > 0 && indented.every((line) => line.startsWith('\t'))) return true;
  if (indented.length > 0 && indented.every((line) => /^ {2,}\S/.test(line))) return false;
  return !insertSpaces;
}

/** Whether most indented lines of a document begin with a tab; `undefined` where none tells. */
export function isIndentedByTabs(document: string): boolean | undefined {
  const lines = splitLines(document);
  const tabs = lines.filter((line) => /^\t+\S/.test(line)).length;
  const spaces = lines.filter((line) => /^ {2,}\S/.test(line)).length;
  return tabs === spaces ? undefined : tabs > spaces;
}

/** Spaces a level: as the selection has it, or the document, or its settings. */
function documentUnit({ document, languageId, tabSize }: ReplyTarget, { selection, prefix }: Surroundings): number {
  for (const text of [indentOf(prefix) + selection, document]) {
    const step = firstStep(splitLines(text), languageId);
    if (step && unitSizes.has(step.size)) return step.size;
  }
  return tabSize;
}

interface Step {
  /** Spaces. */
  readonly size: number;
  /** Whether the line before begins a block. */
  readonly opensBlock: boolean;
}

/** Finds the first place where a line is indented by more spaces than the line before it. */
class StepReader {
  readonly #languageId: string;
  readonly #onlyBlocks: boolean;
  #previous: string | undefined;
  #first: Step | undefined;
  /** A line before that place is indented by tabs: the spaces then say nothing. */
  #hasTabs = false;

  constructor(languageId: string, onlyBlocks = false) {
    this.#languageId = languageId;
    this.#onlyBlocks = onlyBlocks;
  }

  get first(): Step | undefined {
    return this.#first;
  }

  push(line: string): void {
    if (this.#first || this.#hasTabs || isBlank(line)) return;
    const previous = this.#previous;
    this.#previous = line;
    this.#hasTabs = indentOf(line).includes('\t');
    if (previous === undefined || this.#hasTabs) return;
    const size = indentOf(line).length - indentOf(previous).length;
    const opensBlock = beginsBlock(previous, this.#languageId) || (size > 1 && !isContinued(previous, line));
    if (size > 0 && (opensBlock || !this.#onlyBlocks)) this.#first = { size, opensBlock };
  }
}

/** Whether a line goes on with the statement of the line before it: then it may be aligned with anything. */
function isContinued(previous: string, line: string): boolean {
  if (/[,+*/\\=&|.<?([-]\s*$|^\s*<[^>]*$/.test(previous) || /^\s*(?:[.?:&|+*/=-]|\w+=)/.test(line)) return true;
  let depth = 0;
  for (const character of previous) depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
  return depth > 0;
}

/** One level of the document's indentation. */
export function documentIndent(target: ReplyTarget, around: Surroundings): string {
  return usesTabs(target, around) ? '\t' : ' '.repeat(documentUnit(target, around));
}

/** Whether the lines below a line are a level deeper. */
export function beginsBlock(line: string, languageId: string): boolean {
  if (/[{:]\s*$/.test(line)) return true;
  const words =
    // linear: what it repeats ends at the next word or bar.
    /^\s*(?:(?:local )?function|def|class|module|if|unless|elsif|elif|elseif|else|while|until|for|case|begin)\b|\b(?:do|then)(?: \|[^|]*\|)?\s*$/;
  return closesWithWords(languageId) && words.test(line);
}

function firstStep(lines: readonly string[], languageId: string): Step | undefined {
  const reader = new StepReader(languageId, true);
  for (const line of lines) reader.push(line);
  return reader.first;
}
