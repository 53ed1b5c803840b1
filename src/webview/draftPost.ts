import { post } from './host.ts';

/** Milliseconds without typing after which the host learns the draft. */
const pause = 150;

/** Tells the host what stands in the input, not at every key, but always before the page can vanish. */
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

  /** The draft is gone: it was sent. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#text = undefined;
  }

  /** @returns what ends it. */
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
