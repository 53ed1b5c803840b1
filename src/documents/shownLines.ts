import type { TextChange } from './offsets.ts';
import { OldLines } from './oldLines.ts';

/** Edits that show more new lines, and a callback for when they are applied. */
interface Advance {
  readonly changes: readonly TextChange[];
  /** The new lines after that, and the length of the remaining old ones. */
  readonly text: string;
  readonly restLength: number;
  readonly done: () => void;
}

/** The new lines shown so far in a range, above the remaining old ones. */
export class ShownLines {
  readonly #old: OldLines;
  readonly #eol: () => string;
  readonly #lines: string[] = [];
  /** How many old lines the new ones have passed. */
  #passed = 0;
  #restLength: number;

  /** @param eol Returns the document's current line ending. */
  constructor(original: string, eol: () => string) {
    this.#old = new OldLines(original);
    this.#eol = eol;
    this.#restLength = original.length;
  }

  get count(): number {
    return this.#lines.length;
  }

  /** Length of the remaining old lines. */
  get restLength(): number {
    return this.#restLength;
  }

  /** The new lines. */
  get text(): string {
    return this.#lines.map((line) => line + this.#eol()).join('');
  }

  /** The range's text while nobody else changes it. */
  get all(): string {
    return this.text + this.#old.text(this.#passed);
  }

  /**
   * Finds equal old lines, which stay untouched.
   * @param lines Including those already shown.
   * @param rest Offset of the remaining old lines.
   */
  advance(lines: readonly string[], rest: number): Advance {
    const added = lines.slice(this.#lines.length);
    const changes: TextChange[] = [];
    let passed = this.#passed;
    let position = rest;
    let restLength = this.#restLength;
    let inserted = '';
    const pass = (count: number): number => {
      const { length } = this.#old.text(passed, passed + count);
      passed += count;
      restLength -= length;
      return length;
    };
    const flush = (removed: number): void => {
      if (inserted !== '' || removed > 0) changes.push({ rangeOffset: position, rangeLength: removed, text: inserted });
      inserted = '';
      position += removed;
    };
    for (const line of added) {
      const text = line + this.#eol();
      const skipped = this.#old.find(text, passed);
      if (skipped === undefined) {
        inserted += text;
        continue;
      }
      flush(pass(skipped));
      position += pass(1);
    }
    flush(0);
    const done = (): void => {
      this.#lines.push(...added);
      this.#passed = passed;
      this.#restLength = restLength;
    };
    return { changes, text: this.text + added.map((line) => line + this.#eol()).join(''), restLength, done };
  }
}
