import { post } from './host.ts';

/** Milliseconds without typing before the draft is posted. */
const pause = 150;

/** Posts the draft to the host: not on every key, but always before the page can vanish. */
export class DraftPost {
  #text: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  change(text: string): void {
    clearTimeout(this.#timer);
    this.#text = text;
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  flush(): void {
    const text = this.#text;
    this.cancel();
    if (text !== undefined) post({ type: 'draftChanged', text });
  }

  /** The draft was sent. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#text = undefined;
  }

  /** @returns a function that removes the listeners. */
  flushWhenHidden(): () => void {
    const flush = () => this.flush();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
    };
  }
}
