/** Closer to the end than this many pixels counts as at the end. */
const slack = 2;

/** Keeps a scroll area at its end while the reader is there, and lets go at the slightest sign that they are not. */
export class Follower {
  readonly #area: HTMLElement;
  readonly #changed: (following: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#keep());
  #following = true;
  #top = 0;

  constructor(area: HTMLElement, content: HTMLElement, changed: (following: boolean) => void) {
    this.#area = area;
    this.#changed = changed;
    this.#sizes.observe(area);
    this.#sizes.observe(content);
    area.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    area.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#set(false), { passive: true });
    area.addEventListener('touchmove', () => this.#set(this.#isAtEnd()), { passive: true });
    area.addEventListener('keydown', ({ key }) => /^(?:ArrowUp|PageUp|Home)$/.test(key) && this.#set(false));
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.#set(true);
    this.#keep();
  }

  /** Goes back to where the reader was, in pixels from the top. */
  restore(top: number): void {
    this.#set(false);
    this.#area.scrollTop = top;
  }

  dispose(): void {
    this.#sizes.disconnect();
  }

  #keep(): void {
    if (this.#following) this.#area.scrollTop = this.#area.scrollHeight;
    this.#top = this.#area.scrollTop;
  }

  #scrolled(): void {
    const { scrollTop } = this.#area;
    if (this.#isAtEnd()) this.#set(true);
    else if (scrollTop < this.#top) this.#set(false);
    this.#top = scrollTop;
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#area;
    return scrollHeight - clientHeight - scrollTop <= slack;
  }

  #set(following: boolean): void {
    // An area that does not scroll has no other place than its end.
    const next = following || this.#area.scrollHeight <= this.#area.clientHeight;
    if (next === this.#following) return;
    this.#following = next;
    this.#changed(next);
  }
}
