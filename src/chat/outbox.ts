import type { Batch, ToPage } from '../shared/protocol.ts';

/**
 * Messages on their way to the page, those of one moment as one batch. What is told often, words and their colours, waits
 * until the page has shown the batch of such before, and is gathered meanwhile: so a slow page is never flooded, and a fast
 * one waits for nobody. What is told seldom goes at once: a page's word takes its time, and the first words of an answer
 * come while it is on its way.
 */
export class Outbox {
  readonly #post: (batch: Batch) => void;
  #waiting: ToPage[] = [];
  #sequence = 0;
  /** The last batch that the page has shown, and the last one with something that is told often. */
  #taken = 0;
  #often = 0;
  #opened = Promise.withResolvers<void>();
  #open = false;
  #planned = false;
  #delivered: { readonly sequence: number; readonly resolve: () => void }[] = [];

  constructor(post: (batch: Batch) => void) {
    this.#post = post;
  }

  /** A page is there and knows nothing yet: what waited for its predecessor is dropped, for the snapshot holds it. */
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
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#flush());
  }

  /** Resolves when there is a page that takes messages. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Resolves when the page has shown all that was sent until now, or the snapshot of the page that comes. */
  delivered(): Promise<void> {
    if (this.#open && this.#taken === this.#sequence && this.#waiting.length === 0) return Promise.resolve();
    const sequence = this.#sequence + (this.#waiting.length > 0 || !this.#open ? 1 : 0);
    return new Promise((resolve) => this.#delivered.push({ sequence, resolve }));
  }

  /** The page has shown the batch with this number, and those before it. */
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
