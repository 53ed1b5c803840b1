import type { Batch, ToPage } from '../shared/protocol.ts';

/**
 * Batches messages to the page. Frequent messages (answer deltas, highlighting) are collected until the page has
 * painted the previous such batch, so a slow page is never flooded and a fast one never waits. All others are sent at
 * once: the page's acknowledgement takes time, and the first words of an answer arrive meanwhile.
 */
export class Outbox {
  readonly #post: (batch: Batch) => void;
  #waiting: ToPage[] = [];
  #sequence = 0;
  /** The last batch that the page painted, and the last one with frequent messages. */
  #taken = 0;
  #often = 0;
  #opened = Promise.withResolvers<void>();
  #open = false;
  #planned = false;
  #delivered: { readonly sequence: number; readonly resolve: () => void }[] = [];

  constructor(post: (batch: Batch) => void) {
    this.#post = post;
  }

  /** A new page is open. Messages pending for its predecessor are dropped, because the snapshot includes them. */
  open(snapshot: ToPage): void {
    this.#open = true;
    this.#opened.resolve();
    this.#often = 0;
    this.#waiting = [snapshot];
    this.#flush();
  }

  /** The page is gone. */
  close(): void {
    if (this.#open) this.#opened = Promise.withResolvers();
    this.#open = false;
    this.#waiting = [];
  }

  /** Sends the message, or drops it if there is no page: the next page's snapshot will include it. */
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
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#flush());
  }

  /** Resolves when a page is open. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Resolves when the page has painted everything sent so far, or the next page its snapshot. */
  delivered(): Promise<void> {
    if (this.#open && this.#taken === this.#sequence && this.#waiting.length === 0) return Promise.resolve();
    const sequence = this.#sequence + (this.#waiting.length > 0 || !this.#open ? 1 : 0);
    return new Promise((resolve) => this.#delivered.push({ sequence, resolve }));
  }

  /** The page painted this batch and all before it. */
  taken(sequence: number): void {
    this.#taken = sequence;
    this.#delivered = this.#delivered.filter((waiter) => {
      if (waiter.sequence <= sequence) waiter.resolve();
      return waiter.sequence > sequence;
    });
    this.#flush();
  }

  #flush(): void {
    this.#planned = false;
    const isOften = this.#waiting.some(isToldOften);
    const mayGo = this.#often <= this.#taken || !this.#waiting.every(isToldOften);
    if (this.#waiting.length === 0 || !mayGo) return;
    const messages = this.#waiting;
    this.#waiting = [];
    this.#sequence += 1;
    if (isOften) this.#often = this.#sequence;
    this.#post({ sequence: this.#sequence, messages });
  }
}

function isToldOften({ type }: ToPage): boolean {
  return type === 'answerDelta' || type === 'highlighted';
}
