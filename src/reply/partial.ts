import { isBeside, isCodeInfo, mayNest } from './choice.ts';
import { type FenceEvent, FenceReader } from './fences.ts';
import { LineFitter } from './indentation.ts';
import { isBlank, splitLines } from './lines.ts';
import { NativeReader } from './native.ts';
import { placeOf } from './insertionPlace.ts';
import { mayStandForCode } from './omission.ts';
import { Original } from './original.ts';
import { OutsideReader } from './outside.ts';
import { isJsonBrace } from './overlap.ts';
import { OwnLines } from './ownLines.ts';
import { isDiffLine, isPatchLanguage, isPatchLine, linesOfSelection } from './patch.ts';
import { isPathComment } from './pathComment.ts';
import { ReasoningReader } from './reasoning.ts';
import { isRefusal } from './refusal.ts';
import { SpeechReader } from './speech.ts';
import { type GrammarState, readLines } from './syntax.ts';
import type { ReplyTarget } from './target.ts';

/**
 * The code of a reply that still comes, for those replies that `readReply` accepts with one fenced block. For others
 * nothing begins, or nothing more comes as soon as a line tells.
 */
export class PartialReply {
  readonly #target: ReplyTarget;
  /** What stands before the code in what is written. */
  readonly #before: string;
  readonly #reasoning: ReasoningReader;
  readonly #fences = new FenceReader();
  readonly #original: Original;
  readonly #own: OwnLines;
  readonly #outside: OutsideReader;
  readonly #native: NativeReader;
  readonly #speech: SpeechReader;
  /** Of the grammar, after the lines so far. */
  #grammarState: GrammarState;
  readonly #selected: ReadonlySet<string>;
  readonly #fitter: LineFitter;
  readonly #lines: string[] = [];
  readonly #prose: string[] = [];
  /** The line that is not complete. */
  #open = '';
  #endsWithReturn = false;
  /** `beside`: in a block that is no code for the document. */
  #state: 'before' | 'beside' | 'code' | 'over' = 'before';
  #isFirst = true;

  constructor(target: ReplyTarget) {
    this.#target = target;
    this.#original = new Original(target);
    const { around, before } = this.#original;
    const place = placeOf('', target);
    this.#before = place.before;
    // Only all of the code tells whether it continues a line in which the cursor stands.
    if (target.start === target.end && !isBlank(around.prefix + around.suffix)) this.#state = 'over';
    // Only all of it tells whether the first line of a makefile is a recipe's.
    if (target.languageId === 'makefile') this.#state = 'over';
    this.#reasoning = new ReasoningReader(target.document);
    this.#own = new OwnLines(around);
    this.#outside = new OutsideReader(this.#original);
    this.#native = new NativeReader(this.#original);
    this.#speech = new SpeechReader(this.#original);
    this.#grammarState = before;
    this.#selected = linesOfSelection(target);
    this.#fitter = new LineFitter(this.#original, place.around);
  }

  /** The complete lines, without line breaks, of the fitted code that are certain so far; they only grow. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Takes the next piece of the reply, cut anywhere. */
  push(delta: string): void {
    if (this.#state === 'over' || delta === '') return;
    const text = this.#endsWithReturn && delta.startsWith('\n') ? delta.slice(1) : delta;
    this.#endsWithReturn = delta.endsWith('\r');
    const [first = '', ...others] = splitLines(text);
    this.#open += first;
    for (const line of others) {
      this.#pushLine(this.#open);
      this.#open = line;
    }
  }

  #pushLine(line: string): void {
    const said = this.#reasoning.push(line);
    if (said !== undefined && this.#state !== 'over') this.#take(this.#fences.push(said));
  }

  #take(event: FenceEvent): void {
    switch (event.kind) {
      case 'prose':
        this.#prose.push(event.line);
        break;
      case 'open':
        this.#state = this.#stateIn(event.info);
        break;
      case 'code':
        if (this.#state === 'code') this.#takeCode(event.line, event.nests);
        break;
      case 'close':
        this.#state = this.#state === 'beside' ? 'before' : 'over';
        break;
      case 'break':
        this.#state = 'over';
        break;
    }
  }

  #stateIn(info: string): 'beside' | 'code' | 'over' {
    if (isRefusal(this.#prose.splice(0).join('\n')) || isCodeInfo(info)) return 'over';
    if (/^(?:diff|patch|udiff)\b/i.test(info) && !isPatchLanguage(this.#target)) return 'over';
    return isBeside(info, this.#target.languageId) ? 'beside' : 'code';
  }

  #takeCode(line: string, nests: boolean): void {
    if (this.#isFirst && isPathComment(line, this.#target)) return;
    const isFirst = this.#isFirst && !isBlank(line);
    // Only all of the code tells what of it is for the selection.
    if (isFirst && isJsonBrace(line, this.#target)) this.#state = 'over';
    if (this.#state === 'over') return;
    this.#isFirst &&= line.trim() === '';
    const isCode =
      (!nests || mayNest(this.#target)) &&
      (isPatchLanguage(this.#target) || (!isPatchLine(line, isFirst) && !this.#mayBeDiff(line))) &&
      !(isFirst && isRefusal(line)) &&
      !this.#outside.push(line);
    const own = isCode ? this.#own.push(line) : undefined;
    if (own === undefined) this.#state = 'over';
    else for (const code of own) this.#emit(this.#fitter.push(code));
  }

  #mayBeDiff(line: string): boolean {
    return /^[+-]/.test(line) && isDiffLine(line, this.#selected);
  }

  #emit(fitted: readonly string[]): void {
    for (const line of fitted) {
      const lines = this.#lines.length > 0 ? [line] : splitLines(this.#before + line);
      if (!lines.every((text, index) => this.#belongs(text, this.#lines.length + index === 0))) {
        this.#state = 'over';
        return;
      }
      this.#lines.push(...lines);
    }
  }

  /** Whether the line can be of the document, as far as it and those before it tell. */
  #belongs(text: string, isFirst: boolean): boolean {
    const { grammar, around } = this.#original;
    const { lines, end } = readLines([isFirst ? around.prefix + text : text], grammar, this.#grammarState);
    this.#grammarState = end;
    return lines.every(
      (line) => !this.#native.isStrange(line) && !this.#speech.isSpeech(line) && !mayStandForCode(line, this.#original),
    );
  }
}
