import type { Translate } from '../../shared/l10n.ts';

/** Visible lines of a folded block. */
const seen = 30;
/** A complete block that is only a little longer isn't folded. */
const tolerance = 10;

/**
 * Folds a long code block to its first lines. All of it stays in the DOM for copying and searching; scrolling in it, as
 * the search does, unfolds it.
 */
export class CodeFold {
  readonly #block: HTMLElement;
  readonly #t: Translate;
  readonly #button = document.createElement('button');
  #lines = 0;
  #folded = true;

  constructor(block: HTMLElement, region: HTMLElement, t: Translate) {
    this.#block = block;
    this.#t = t;
    block.style.setProperty('--seen-lines', String(seen));
    this.#button.type = 'button';
    this.#button.className = 'code-fold';
    this.#button.addEventListener('click', () => this.#toggle());
    region.addEventListener('scroll', () => {
      if (region.scrollTop === 0) return;
      region.scrollTop = 0;
      this.#set(false);
    });
  }

  /**
   * @param lines Number of lines.
   * @param complete Whether no more will follow.
   */
  update(lines: number, complete: boolean): void {
    if (lines <= seen || (lines === this.#lines && !complete)) return;
    this.#lines = lines;
    const isLong = !complete || lines > seen + tolerance;
    if (!isLong) {
      this.#button.remove();
      this.#block.classList.remove('folded');
      return;
    }
    if (!this.#button.isConnected) this.#block.append(this.#button);
    this.#set(this.#folded);
  }

  #toggle(): void {
    this.#set(!this.#folded);
    if (this.#folded) this.#block.scrollIntoView({ block: 'nearest' });
  }

  #set(folded: boolean): void {
    this.#folded = folded;
    this.#block.classList.toggle('folded', folded);
    this.#button.setAttribute('aria-expanded', String(!folded));
    this.#button.textContent = folded ? this.#t('Show all {0} lines', this.#lines) : this.#t('Show fewer lines');
  }
}
