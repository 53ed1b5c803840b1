import type { Batch, ToPage } from '../shared/protocol.ts';

/**
 * Messages on their way to the page. One batch is on the way at a time; the next follows when the page has shown it, and
 * deltas gathered meanwhile go as one. So a slow page is never flooded, and a fast one waits for nobody.
 */
export class Outbox {
  readonly #post: (batch: Batch) => void;
  #waiting: ToPage[] = [];
  #sequence = 0;
  #opened = Promise.withResolvers<void>();
  #open = false;
  #inFlight = false;
  #delivered: { readonly sequence: number; readonly resolve: () => void }[] = [];

  constructor(post: (batch: Batch) => void) {
    this.#post = post;
  }

  /** A page is there and knows nothing yet: what waited for its predecessor is dropped, for the snapshot holds it. */
  open(snapshot: ToPage): void {
    this.#open = true;
    this.#opened.resolve();
    this.#inFlight = false;
    this.#waiting = [snapshot];
    this.#flush();
  }

  /** The page is gone. */
  close(): void {
    if (this.#open) this.#opened = Promise.withResolvers();
    this.#open = false;
    this.#waiting = [];
  }

  /** Sends the message, or drops it where there is no page: the snapshot of the next one will hold what it told. */
  send(message: ToPage): void {
    if (!this.#open) return;
    const last = this.#waiting.at(-1);
    if (last?.type === 'answerDelta' && message.type === 'answerDelta' && last.turnId === message.turnId) {
      const text = last.text + message.text;
      const reasoning = last.reasoning + message.reasoning;
      this.#waiting[this.#waiting.length - 1] = { ...last, text, reasoning };
    } else {
      this.#waiting.push(message);
    }
    // What becomes of an answer is told with the words that come along: else they would wait for a whole frame.
    if (message.type === 'answerUpdated') setImmediate(() => this.#flush());
    else this.#flush();
  }

  /** Resolves when there is a page that takes messages. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Resolves when the page has shown all that was sent until now, or the snapshot of the page that comes. */
  delivered(): Promise<void> {
    if (this.#open && !this.#inFlight && this.#waiting.length === 0) return Promise.resolve();
    const sequence = this.#sequence + (this.#waiting.length > 0 || !this.#open ? 1 : 0);
    return new Promise((resolve) => this.#delivered.push({ sequence, resolve }));
  }

  /** The page has shown the batch with this number. */
  taken(sequence: number): void {
    if (sequence !== this.#sequence) return;
    this.#inFlight = false;
    this.#delivered = this.#delivered.filter((waiter) => {
      if (waiter.sequence <= sequence) waiter.resolve();
      return waiter.sequence > sequence;
    });
    this.#flush();
  }

  #flush(): void {
    if (this.#inFlight || this.#waiting.length === 0) return;
    const messages = this.#waiting;
    this.#waiting = [];
    this.#inFlight = true;
    this.#sequence += 1;
    this.#post({ sequence: this.#sequence, messages });
  }
}
