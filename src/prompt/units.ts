import { indentOf, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { isProseLanguage, type Surroundings } from './target.ts';

/**
 * Translates the indentation of a reply's line, beyond that of its first line, to what the document uses there: tabs
 * or spaces, and as many of them a level, where the reply's own unit is beyond doubt.
 */
export function unitConverter(
  lines: readonly string[],
  target: ReplyTarget,
  around: Surroundings,
): (indent: string) => string {
  if (isProseLanguage(target.languageId)) return (indent) => indent;
  const reply = firstStep(lines);
  if (usesTabs(target, around)) {
    const unit = reply && reply.size > 1 ? reply.size : target.tabSize;
    return (indent) =>
      /^ +$/.test(indent) ? '\t'.repeat(indent.length / unit) + ' '.repeat(indent.length % unit) : indent;
  }
  const unit = documentUnit(target, around);
  const scales = reply?.opensBlock && unitSizes.has(reply.size) && !alignedLanguages.has(target.languageId);
  const from = scales ? reply.size : unit;
  return (indent) => {
    const tabs = /^\t*/.exec(indent)?.[0].length ?? 0;
    if (tabs > 0) return ' '.repeat(tabs * unit) + indent.slice(tabs);
    return ' '.repeat(Math.floor(indent.length / from) * unit + (indent.length % from));
  };
}

const unitSizes = new Set([2, 3, 4, 8]);

/** Languages that align by column: their spaces are never scaled. */
const alignedLanguages = new Set([
  'yaml',
  'dockercompose',
  'haskell',
  'fsharp',
  'elm',
  'purescript',
  'jade',
  'haml',
  'makefile',
]);

function usesTabs({ languageId, insertSpaces }: ReplyTarget, { selection }: Surroundings): boolean {
  if (languageId === 'makefile') return true;
  if (languageId === 'yaml' || languageId === 'dockercompose') return false;
  const indented = splitLines(selection).filter((line) => /^\s+\S/.test(line));
  if (indented.length > 0 && indented.every((line) => line.startsWith('\t'))) return true;
  if (indented.length > 0 && indented.every((line) => /^ {2,}\S/.test(line))) return false;
  return !insertSpaces;
}

/** Spaces a level: as the selection has it, or the document, or its settings. */
function documentUnit({ document, tabSize }: ReplyTarget, { selection }: Surroundings): number {
  for (const text of [selection, document]) {
    const step = firstStep(splitLines(text), true);
    if (step && unitSizes.has(step.size)) return step.size;
  }
  return tabSize;
}

interface Step {
  /** Spaces. */
  readonly size: number;
  /** Whether the line before begins a block by `{` or `:`. */
  readonly opensBlock: boolean;
}

/** The first place where a line is indented by more spaces than the line before it. */
function firstStep(lines: readonly string[], onlyBlocks = false): Step | undefined {
  let previous: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    if (previous !== undefined) {
      const size = indentOf(line).length - indentOf(previous).length;
      const opensBlock = /[{:]\s*$/.test(previous);
      if (indentOf(line).includes('\t')) return undefined;
      if (size > 0 && (opensBlock || !onlyBlocks)) return { size, opensBlock };
    }
    previous = line;
  }
  return undefined;
}
