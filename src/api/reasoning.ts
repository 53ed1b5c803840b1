/** A piece of text, told apart; or the news that all of the text until now was reasoning. */
export type Piece =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  /** `length`: of that text, in UTF-16 code units. */
  | { readonly type: 'textWasReasoning'; readonly length: number };

/**
 * Takes what stands between `<think>` and `</think>` out of a text that comes in pieces, cut anywhere. Inside code the
 * tag means itself: it is what the user asked for. Where a chat template has written `<think>` into the prompt, the end
 * comes without its beginning, on a line of its own or right behind a word; then all that came before is reasoning.
 */
export class ThinkSplitter {
  readonly #code = new CodeTracker();
  #inside = false;
  /** Whether reasoning had a beginning of its own, or there was some already. */
  #opened = false;
  /** Of the text that was told, in UTF-16 code units. */
  #told = 0;
  /** The end of what came, as long as it may be the start of a tag. */
  #held = '';

  /** Tells apart what can be told by now. */
  *split(text: string): Generator<Piece, void> {
    let rest = this.#held + text;
    this.#held = '';
    while (rest !== '') {
      const start = tagStart(rest, this.#tags());
      yield* this.#pass(rest.slice(0, start));
      rest = rest.slice(start);
      const tag = this.#tags().find((whole) => rest.startsWith(whole));
      if (tag === undefined) {
        this.#held = rest;
        return;
      }
      yield* this.#take(tag);
      rest = rest.slice(tag.length);
    }
  }

  /** The text has ended: what was held is no tag. */
  *end(): Generator<Piece, void> {
    const held = this.#held;
    this.#held = '';
    yield* this.#pass(held);
  }

  /** Reasoning has come from elsewhere: an end without a beginning is none. */
  reasoned(): void {
    this.#opened = true;
  }

  /** Those that mean something now. */
  #tags(): readonly Tag[] {
    if (this.#inside) return ends;
    return this.#opened ? beginnings : both;
  }

  *#take(tag: Tag): Generator<Piece, void> {
    if (this.#inside) {
      this.#inside = false;
    } else if (this.#code.endsInside() || (tag === '</think>' && !this.#code.endsSentence)) {
      yield* this.#pass(tag);
    } else {
      this.#inside = tag === '<think>';
      this.#opened = true;
      if (!this.#inside && this.#told > 0) yield { type: 'textWasReasoning', length: this.#told };
    }
  }

  *#pass(text: string): Generator<Piece, void> {
    if (text === '') return;
    if (!this.#inside) {
      this.#code.follow(text);
      this.#told += text.length;
    }
    yield { type: this.#inside ? 'reasoning' : 'text', text };
  }
}

type Tag = '<think>' | '</think>';
const beginnings: readonly Tag[] = ['<think>'];
const ends: readonly Tag[] = ['</think>'];
const both: readonly Tag[] = ['<think>', '</think>'];

/** Where one of the tags starts, or the part of it that the text ends with; the text's length if there is neither. */
function tagStart(text: string, tags: readonly Tag[]): number {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (tags.some((tag) => tag.startsWith(text.slice(at, at + tag.length)))) return at;
  }
  return text.length;
}

/** Knows whether a Markdown text ends inside a code fence or a code span, of backticks. */
class CodeTracker {
  /** Length of the open fence; 0: none. */
  #fence = 0;
  /** Length of the open code span's marker; 0: none. */
  #span = 0;
  /** Length of the run of backticks that the text ends with. */
  #run = 0;
  #lineIsBlank = true;
  #last = '';

  /** Whether nothing stands in the last line, or the text ends with a word or a mark behind one, without a blank. */
  get endsSentence(): boolean {
    return this.#lineIsBlank || /[\p{L}\p{N}.!?…,;:)\]*。！？：；）”’]/u.test(this.#last);
  }

  /** A run of backticks counts as ended: what follows is none. */
  endsInside(): boolean {
    this.#endRun();
    return this.#fence > 0 || this.#span > 0;
  }

  follow(text: string): void {
    for (const character of text) {
      this.#last = character;
      if (character === '`') this.#run++;
      else {
        this.#endRun();
        if (character === '\n') {
          this.#span = 0;
          this.#lineIsBlank = true;
        } else if (character !== ' ' && character !== '\t') this.#lineIsBlank = false;
      }
    }
  }

  #endRun(): void {
    const run = this.#run;
    if (run === 0) return;
    this.#run = 0;
    if (this.#fence > 0) {
      if (this.#lineIsBlank && run >= this.#fence) this.#fence = 0;
    } else if (this.#lineIsBlank && run >= 3) this.#fence = run;
    else if (this.#span === 0) this.#span = run;
    else if (this.#span === run) this.#span = 0;
    this.#lineIsBlank = false;
  }
}
