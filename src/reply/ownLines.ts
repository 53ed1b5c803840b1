import { withoutLead } from './lineEdges.ts';
import { essence, isBlank } from './lines.ts';
import { headOf, headsAround, isTelling } from './heads.ts';
import { repeatedHead } from './overlap.ts';
import type { Surroundings } from './target.ts';

/**
 * The lines of code that still comes, without those around the selection that a model repeated with it: what
 * `withoutSurroundings` leaves of the whole, as far as that is certain.
 */
export class OwnLines {
  readonly #around: Surroundings;
  /** The first line of the selection. */
  readonly #first: string | undefined;
  readonly #own: ReadonlySet<string>;
  readonly #heads: ReadonlySet<string>;
  /** The lines before the selection that are not blank, trimmed. */
  readonly #before: readonly string[];
  readonly #below: Below;
  /** The first lines, while they are those before the selection. */
  readonly #head: string[] = [];
  /** Where in `#before` the first line stands, and all that came after it follow; `undefined` when that is over. */
  #places: readonly number[] | undefined;
  #count = 0;
  #hasStarted = false;
  /** Whether the line is taken that may repeat what stands before the selection on its line. */
  #isPastLead = false;
  /** Lines that may still turn out to be the last or to be repeated, each with the blank lines before it. */
  #held: (readonly string[])[] = [];
  #blank: string[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    const own = essence(around.selection);
    this.#own = new Set(own);
    this.#heads = headsAround(around);
    this.#before = isBlank(around.prefix) ? around.before.map((line) => line.trim()).filter((line) => line !== '') : [];
    this.#below = new Below(isBlank(around.suffix) ? around.after : []);
    this.#places = [...this.#before.keys()];
    this.#first = own[0];
  }

  /** Takes a line and gives those that are certain now; `undefined`: nothing can be told for sure any more. */
  push(line: string): readonly string[] | undefined {
    if (this.#places === undefined) return this.#hold(line) ? this.#release() : undefined;
    this.#head.push(line);
    const text = line.trim();
    if (text === '') return [];
    this.#places = this.#followed(text, this.#places);
    if (this.#places) return [];
    const count = repeatedHead(this.#head, this.#around);
    const rest = this.#head.slice(count);
    if (count === 0 && this.#startsAbove(rest)) return undefined;
    return rest.every((other) => this.#hold(other)) ? this.#release() : undefined;
  }

  #followed(text: string, places: readonly number[]): readonly number[] | undefined {
    const count = this.#count++;
    if (count === 0 && text === this.#first) return undefined;
    const left = places.filter(
      (place) => this.#before[place + count] === text && place + count + 1 < this.#before.length,
    );
    return left.length > 0 ? left : undefined;
  }

  /** Whether the code seems to begin above the selection; only all of it can tell. */
  #startsAbove(lines: readonly string[]): boolean {
    const first = lines.find((line) => !isBlank(line))?.trim() ?? '';
    if (this.#own.has(first) || !isTelling([first])) return false;
    return this.#heads.has(headOf(first)) || this.#around.before.some((line) => line.trim() === first);
  }

  /** @returns false where the line begins inside what stands before the selection, with changes there */
  #hold(line: string): boolean {
    if (isBlank(line)) {
      if (this.#hasStarted) this.#blank.push(line);
      return true;
    }
    // It stands before the selection once: a line like it that follows is the model's own.
    const text = this.#isPastLead ? line : this.#withoutLead(line);
    this.#isPastLead = true;
    this.#hasStarted = true;
    if (text === undefined) return false;
    this.#below.push(line.trim());
    if (isBlank(text)) this.#hasStarted = this.#held.length > 0;
    else this.#held.push([...this.#blank, text]);
    this.#blank = [];
    return true;
  }

  #withoutLead(line: string): string | undefined {
    const start = line.trimStart();
    const own = withoutLead(start, this.#around);
    return own === start ? line : own;
  }

  /** The last line is not known before the end, and what stands behind the selection on its line may be another. */
  #release(): readonly string[] {
    const last = isBlank(this.#around.suffix) ? 1 : 2;
    const count = this.#held.length - last - this.#below.matched;
    return count > 0 ? this.#held.splice(0, count).flat() : [];
  }
}

/** How many of the last lines are the first after the selection, told line by line (Knuth, Morris and Pratt). */
class Below {
  readonly #lines: readonly string[];
  /** For each number of matched lines: how many still match when the next does not. */
  readonly #shorter: number[] = [0, 0];
  #matched = 0;

  constructor(after: readonly string[]) {
    this.#lines = after.map((line) => line.trim()).filter((line) => line !== '');
  }

  get matched(): number {
    return this.#matched;
  }

  push(line: string): void {
    this.#matched = this.#next(this.#matched, line);
  }

  #next(matched: number, line: string): number {
    let count = matched;
    while (count > 0 && (count === this.#lines.length || this.#lines[count] !== line)) count = this.#shorterThan(count);
    return this.#lines[count] === line ? count + 1 : 0;
  }

  #shorterThan(count: number): number {
    while (this.#shorter.length <= count) {
      const known = this.#shorter.length - 1;
      this.#shorter.push(this.#next(this.#shorter[known] ?? 0, this.#lines[known] ?? ''));
    }
    return this.#shorter[count] ?? 0;
  }
}
