/** Within this many pixels counts as at the end. */
const slack = 2;

/**
 * Keeps a scroll area at its end while the reader is there. Releases it at the slightest sign that they aren't: one
 * pixel upwards by wheel, key, touch or scroll bar, or selected text.
 */
export class Follower {
  readonly #area: HTMLElement;
  readonly #changed: (following: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#keep());
  readonly #listeners = new AbortController();
  #following = true;
  /** The last reported state. */
  #told = true;
  /** The reader is dragging the scroll bar. */
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
    // Unfolded content is read from its beginning.
    area.addEventListener('click', ({ target }) => isUnfolding(target) && this.#set(false), { signal, capture: true });
    area.addEventListener('pointerdown', (event) => this.#pressed(event), { signal });
    document.addEventListener('selectionchange', () => this.#selected(), { signal });
  }

  /** Scrolls to the end and stays there. */
  follow(): void {
    this.#set(true);
    this.#keep();
  }

  /** Scrolls to where the reader was, in pixels from the top. */
  restore(top: number): void {
    this.#set(false);
    this.#area.scrollTop = top;
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#listeners.abort();
  }

  /** Called after layout when sizes changed, so reading sizes here is free. */
  #keep(): void {
    if (!this.#following && !this.#scrolls()) this.#set(true);
    if (this.#following) this.#area.scrollTop = this.#area.scrollHeight;
    this.#remember();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight } = this.#area;
    const shrunk = Math.max(0, this.#height - scrollHeight);
    const atEnd = this.#isAtEnd();
    // The browser also scrolls up when an area grows or its content shrinks; then it is still at its end. Content may
    // turn out smaller than estimated, but the reader has scrolled further than that.
    if (scrollTop < this.#top - shrunk && !atEnd) this.#set(false);
    else if (scrollTop > this.#top && atEnd) this.#set(true);
    this.#remember();
  }

  /**
   * While the scroll bar is dragged, the area belongs to the reader and nothing is reported: a report would show a
   * button, shrink the area, and make a short way up count as the new end.
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

  /**
   * Tab makes the browser scroll to the focused element; one that is also visible at the end is no reason to let go.
   */
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
    // In a browser, VS Code's search selects a match without scrolling to it.
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
    // An area that doesn't scroll is always at its end.
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

/** Whether the pointer is over the area's scroll bar, on either side. */
function isBeside({ clientX }: PointerEvent, area: HTMLElement): boolean {
  const left = area.getBoundingClientRect().left + area.clientLeft;
  return clientX < left || clientX >= left + area.clientWidth;
}
