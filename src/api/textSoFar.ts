/**
 * The text that came so far. It tells what another part adds: a delta, or a whole text, which some servers send besides
 * deltas, in their place, or once more at the end.
 */
export class TextSoFar {
  #text = '';
  #hasDeltas = false;
  #hasPieces = false;

  get text(): string {
    return this.#text;
  }

  /**
   * What a delta adds: nothing where it repeats all that came.
   * @param shortest Of a repetition, in UTF-16 code units: words repeat, whole texts do not.
   */
  addDelta(delta: string, shortest = likelyRepetition): string {
    this.#hasDeltas = true;
    if (this.#repeats(delta, shortest)) return '';
    this.#text += delta;
    return delta;
  }

  /** What a whole text adds: its rest where it begins with what came; one that contradicts it changes nothing. */
  addWhole(whole: string): string {
    const { length } = this.#text;
    if (!this.#hasPieces && whole.startsWith(this.#text)) return this.#append(whole.slice(length));
    if (this.#hasDeltas || this.#text.startsWith(whole)) return '';
    // Some servers call a piece a message.
    this.#hasPieces ||= whole.length < length || length < shortText;
    return this.#hasPieces ? this.#append(whole) : '';
  }

  /** What a whole text adds where there may be no other pieces: its rest alone. */
  addRest(whole: string): string {
    return whole.startsWith(this.#text) ? this.#append(whole.slice(this.#text.length)) : '';
  }

  #append(rest: string): string {
    this.#text += rest;
    return rest;
  }

  #repeats(delta: string, shortest: number): boolean {
    const { length } = this.#text;
    if (delta.length < shortest || length === 0 || Math.abs(delta.length - length) > blanks) return false;
    return /\S\s+\S/.test(delta) || shortest < likelyRepetition ? delta.trim() === this.#text.trim() : false;
  }
}

/** In UTF-16 code units. A text that is so long and has more than one word is not said twice in a row. */
const likelyRepetition = 64;
const shortText = 20;
/** By how much a repetition may differ at its ends. */
const blanks = 16;
