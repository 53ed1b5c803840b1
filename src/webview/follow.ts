/** Closer to the end than this many pixels counts as at the end. */
const slack = 2;

/**
 * Keeps a scroll area at its end while the reader is there, and lets go at the slightest sign that they are not: one
 * pixel upwards by wheel, key, touch or scroll bar, or text that they select.
 */
export class Follower {
  readonly #area: HTMLElement;
  readonly #changed: (following: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#keep());
  readonly #listeners = new AbortController();
  #following = true;
  /** What was told of that last. */
  #told = true;
  /** The reader holds the scroll bar. */
  #held = false;
  #top = 0;
  #height = 0;

  constructor(area: HTMLElement, content: HTMLElement, changed: (following: boolean) => void) {
    this.#area = area;
    this.#changed = changed;
    this.#sizes.observe(area);
    this.#sizes.observe(content);
    const { signal } = this.#listeners;
    const passive = { signal, passive: true };
    area.addEventListener('scroll', () => this.#scrolled(), passive);
    area.addEventListener('wheel', ({ deltaY, ctrlKey }) => deltaY < 0 && !ctrlKey && this.#set(false), passive);
    area.addEventListener('touchmove', () => this.#set(false), passive);
    area.addEventListener('touchend', () => this.#settle(), passive);
    area.addEventListener('focusin', ({ target }) => this.#focused(target), { signal });
    area.addEventListener('keydown', (event) => isUpward(event) && this.#set(false), { signal });
    // What is unfolded is to be read from its beginning.
    area.addEventListener('click', ({ target }) => isUnfolding(target) && this.#set(false), { signal, capture: true });
    area.addEventListener('pointerdown', (event) => this.#pressed(event), { signal });
    document.addEventListener('selectionchange', () => this.#selected(), { signal });
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
    this.#listeners.abort();
  }

  /** Called when sizes changed, after layout: what is read here is known already. */
  #keep(): void {
    if (!this.#following && !this.#scrolls()) this.#set(true);
    if (this.#following) this.#area.scrollTop = this.#area.scrollHeight;
    this.#remember();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight } = this.#area;
    const shrunk = Math.max(0, this.#height - scrollHeight);
    const atEnd = this.#isAtEnd();
    // The browser moves an area upwards, too, that shows more or has less to show: then it is still at its end. What
    // comes into view may be smaller than it was thought to be, but the reader has gone further than that.
    if (scrollTop < this.#top - shrunk && !atEnd) this.#set(false);
    else if (scrollTop > this.#top && atEnd) this.#set(true);
    this.#remember();
  }

  /**
   * While the scroll bar is held, the area is the reader's, and nobody is told: what is shown then takes height from the
   * area, and a short way up would end at the end of the lower area.
   */
  #pressed(event: PointerEvent): void {
    const onScrollBar = event.target === this.#area && isBeside(event, this.#area);
    if (!onScrollBar) return;
    this.#held = true;
    this.#set(false);
    const { signal } = this.#listeners;
    const release = (): void => {
      this.#held = false;
      this.#settle();
      this.#tell();
    };
    for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { signal, once: true });
  }

  #settle(): void {
    if (this.#isAtEnd()) this.#set(true);
  }

  /** The browser scrolls to what gets the focus by a key; what is seen at the end, too, is no reason to let go. */
  #focused(target: EventTarget | null): void {
    if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
    const { scrollHeight, scrollTop, clientHeight } = this.#area;
    const top = target.getBoundingClientRect().top - this.#area.getBoundingClientRect().top + scrollTop;
    if (scrollHeight - top > clientHeight) this.#set(false);
  }

  #selected(): void {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !this.#area.contains(selection.anchorNode)) return;
    this.#set(false);
    // In a browser, VS Code's search selects what it finds and leaves it out of sight.
    if (!document.hasFocus()) selection.anchorNode?.parentElement?.scrollIntoView({ block: 'center' });
  }

  #remember(): void {
    this.#top = this.#area.scrollTop;
    this.#height = this.#area.scrollHeight;
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#area;
    return scrollHeight - clientHeight - scrollTop <= slack;
  }

  #scrolls(): boolean {
    return this.#area.scrollHeight > this.#area.clientHeight;
  }

  #set(following: boolean): void {
    if (following === this.#following) return;
    // An area that does not scroll has no other place than its end.
    if (!following && !this.#scrolls()) return;
    this.#following = following;
    this.#tell();
  }

  #tell(): void {
    if (this.#held || this.#told === this.#following) return;
    this.#told = this.#following;
    this.#changed(this.#following);
  }
}

function isUpward({ key, shiftKey }: KeyboardEvent): boolean {
  return /^(?:ArrowUp|PageUp|Home)$/.test(key) || (key === ' ' && shiftKey);
}

function isUnfolding(target: EventTarget | null): boolean {
  const folded = 'details:not([open]) > summary, [aria-expanded="false"]';
  return target instanceof Element && target.closest(folded) !== null;
}

/** Whether the pointer is where the area's scroll bar is, on either side. */
function isBeside({ clientX }: PointerEvent, area: HTMLElement): boolean {
  const left = area.getBoundingClientRect().left + area.clientLeft;
  return clientX < left || clientX >= left + area.clientWidth;
}
