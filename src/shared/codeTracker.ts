/** Tracks whether streamed Markdown currently ends inside a code fence or code span made of backticks. */
export class CodeTracker {
  /** Length of the open fence; 0 if none. */
  #fence = 0;
  /** Length of the open code span's marker; 0 if none. */
  #span = 0;
  /** Length of the run of backticks at the end of the text. */
  #run = 0;
  #lineIsBlank = true;
  #last = '';

  /** Whether the last line is blank. */
  get lineIsBlank(): boolean {
    return this.#lineIsBlank && this.#run === 0;
  }

  /** The last character; empty if there is none. */
  get last(): string {
    return this.#last;
  }

  /**
   * Ends a trailing run of backticks: call it when the next character is no backtick.
   * @returns whether the text ends inside code.
   */
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
