/** A piece of text, told apart. */
export interface Piece {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/**
 * Takes what stands between `<think>` and `</think>` out of a text that comes in pieces, cut anywhere. Inside code the
 * tag means itself: it is what the user asked for.
 */
export class ThinkSplitter {
  readonly #code = new CodeTracker();
  #inside = false;
  /** The end of what came, as long as it may be the start of a tag. */
  #held = '';

  /** Tells apart what can be told by now. */
  *split(text: string): Generator<Piece, void> {
    let rest = this.#held + text;
    this.#held = '';
    while (rest !== '') {
      const tag = this.#inside ? '</think>' : '<think>';
      const start = tagStart(rest, tag);
      yield* this.#pass(rest.slice(0, start));
      rest = rest.slice(start);
      if (rest.length < tag.length) {
        this.#held = rest;
        return;
      }
      if (this.#inside || !this.#code.endsInside()) this.#inside = !this.#inside;
      else yield* this.#pass(tag);
      rest = rest.slice(tag.length);
    }
  }

  /** The text has ended: what was held is no tag. */
  *end(): Generator<Piece, void> {
    const held = this.#held;
    this.#held = '';
    yield* this.#pass(held);
  }

  *#pass(text: string): Generator<Piece, void> {
    if (text === '') return;
    if (!this.#inside) this.#code.follow(text);
    yield { type: this.#inside ? 'reasoning' : 'text', text };
  }
}

/** Where the tag starts, or the part of it that the text ends with; the text's length if there is neither. */
function tagStart(text: string, tag: string): number {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (tag.startsWith(text.slice(at, at + tag.length))) return at;
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

  /** A run of backticks counts as ended: what follows is none. */
  endsInside(): boolean {
    this.#endRun();
    return this.#fence > 0 || this.#span > 0;
  }

  follow(text: string): void {
    for (const character of text) {
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
