import type { TextChange } from './offsets.ts';
import { OldLines } from './oldLines.ts';

/** Edits that bring further new lines in, and what is to be called once they stand there. */
interface Advance {
  readonly changes: readonly TextChange[];
  /** The new lines then, and how long the rest of the old ones is. */
  readonly text: string;
  readonly restLength: number;
  readonly done: () => void;
}

/** The new lines that stand in a range so far, above what is left of the old ones. */
export class ShownLines {
  readonly #old: OldLines;
  readonly #eol: () => string;
  readonly #lines: string[] = [];
  /** How many of the old lines the new ones have passed. */
  #passed = 0;
  #restLength: number;

  /** @param eol The line break of the document now. */
  constructor(original: string, eol: () => string) {
    this.#old = new OldLines(original);
    this.#eol = eol;
    this.#restLength = original.length;
  }

  get count(): number {
    return this.#lines.length;
  }

  /** How long the rest of the old lines is. */
  get restLength(): number {
    return this.#restLength;
  }

  /** The new lines. */
  get text(): string {
    return this.#lines.map((line) => line + this.#eol()).join('');
  }

  /** What the range holds while nobody else changes it. */
  get all(): string {
    return this.text + this.#old.text(this.#passed);
  }

  /**
   * Finds equal lines among the old ones, which stay untouched.
   * @param lines With those that stand there already.
   * @param rest Offset of the rest of the old lines.
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
