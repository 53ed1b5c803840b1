import type { Translate } from '../../shared/l10n.ts';

/** Lines of a folded block that are seen. */
const seen = 30;
/** A complete block that is only a little longer is not folded. */
const tolerance = 10;

/**
 * Folds a long code block: it grows no further than its first lines, and all of it stays in the page, for what is copied
 * and found. Whoever scrolls in it, as the search does, unfolds it.
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

  /** @param lines How many there are. @param complete Whether no more will come. */
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
