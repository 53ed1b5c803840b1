import { essence, splitLines, wordsOf } from './lines.ts';
import { PlainGrammar } from './plainGrammar.ts';
import {
  type CodeLine,
  codeOf,
  type CodeLines,
  cutLine,
  type Grammar,
  type GrammarState,
  readLines,
} from './syntax.ts';
import { type ReplyTarget, type Surroundings, surroundingsOf } from './target.ts';

/** How many lines after the selection are read to see whether they still mean the same. */
const followedLines = 12;
/** How many lines above the selection show how the document is written. */
const samples = 300;

/** What is known of the document around a selection, so that new text can be measured against it. */
export class Original {
  readonly target: ReplyTarget;
  readonly around: Surroundings;
  readonly grammar: Grammar;
  /** Where the grammar is when the selection's first line begins. */
  readonly before: GrammarState;
  /** The selection's lines that are not blank, trimmed. */
  readonly own: readonly string[];
  #old: CodeLines | undefined;
  #after: readonly CodeLine[] | undefined;
  #known: ReadonlySet<string> | undefined;
  #words: ReadonlySet<string> | undefined;
  #sample: readonly Pick<CodeLine, 'code' | 'tokens'>[] | undefined;

  constructor(target: ReplyTarget) {
    this.target = target;
    this.around = surroundingsOf(target);
    this.own = essence(this.around.selection);
    this.grammar = target.syntax?.grammar ?? new PlainGrammar(target.languageId);
    this.before =
      target.syntax === undefined
        ? readLines(this.around.before.slice(-samples), this.grammar, this.grammar.start).end
        : (target.syntax.above.at(-1)?.end ?? this.grammar.start);
  }

  /** The lines that the selection touches, as they are. */
  get old(): CodeLines {
    return (this.#old ??= this.withText(this.around.selection));
  }

  /** All lines of the document, trimmed. */
  get known(): ReadonlySet<string> {
    return (this.#known ??= new Set(splitLines(this.target.document).map((line) => line.trim())));
  }

  get words(): ReadonlySet<string> {
    return (this.#words ??= new Set(wordsOf(this.target.document)));
  }

  /** Lines above the selection, and its own. */
  get sample(): readonly Pick<CodeLine, 'code' | 'tokens'>[] {
    if (this.#sample) return this.#sample;
    const { syntax } = this.target;
    const above = this.around.before.slice(-samples);
    const read = syntax
      ? syntax.above
          .slice(syntax.above.length - above.length)
          .map(({ tokens }, index) => ({ tokens, code: codeOf(above[index] ?? '', tokens) }))
      : readLines(above, this.grammar, this.grammar.start).lines;
    return (this.#sample = [...read, ...this.old.lines]);
  }

  /** The lines that the selection touches, with a text in its place. */
  withText(text: string): CodeLines {
    const { prefix, suffix } = this.around;
    return readLines(linesOf(prefix + text + suffix), this.grammar, this.before);
  }

  /** Of such lines what is in the place of the selection. */
  inner(lines: readonly CodeLine[]): readonly CodeLine[] {
    const { prefix, suffix } = this.around;
    return lines.map((line, index) => {
      const to = index === lines.length - 1 ? line.text.length - suffix.length : line.text.length;
      return index === 0 || to < line.text.length ? cutLine(line, index === 0 ? prefix.length : 0, to) : line;
    });
  }

  /** Whether the lines after the selection still mean what they did, where they begin in a state. */
  followsFrom(state: GrammarState): boolean {
    const { grammar } = this;
    if (grammar.same(state, this.old.end)) return true;
    if (grammar.inside(state) !== grammar.inside(this.old.end)) return false;
    this.#after ??= readLines(this.around.after.slice(0, followedLines), grammar, this.old.end).lines;
    let from = state;
    return this.#after.every(({ text, code }) => {
      const { tokens, end } = grammar.read(text, from);
      from = end;
      return codeOf(text, tokens) === code;
    });
  }
}

/** The lines of a text; a line break at its end begins no further one. */
function linesOf(text: string): readonly string[] {
  return splitLines(text.replace(/(?:\r\n|\r|\n)$/, ''));
}
