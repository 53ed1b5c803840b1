import type { ToPage } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { paintLines } from './paint.ts';

/** What is asked for at a time: little enough to keep neither side busy for much longer than a frame. */
const maxLines = 100;
const maxLength = 20_000;
/** Questions on their way at a time, so that the way there and back costs less. */
const maxAsked = 4;
/** Milliseconds for which a question waits until the page has nothing better to do. */
const patience = 100;

const highlights = new WeakMap<Element, Highlight>();
/** Blocks near the view with lines to ask for; the newest, at which the reader looks, comes first. */
const waiting = new Set<Highlight>();
/** The questions without an answer, in their order. */
let asked: { readonly highlight: Highlight; readonly block: number; readonly from: number }[] = [];
let planned = false;
let blocks = 0;

/** The colours of a code block. Its text stands there already; they come when the host has tokenized it. */
export class Highlight {
  readonly code: HTMLElement;
  readonly #language: string;
  readonly #block = blocks++;
  #lines: readonly string[] = [];
  #asked = 0;
  #near = false;

  /** @param code Gets the text of the block, as `paintLines` wants it. */
  constructor(language: string, code: HTMLElement) {
    this.#language = language;
    this.code = code;
    highlights.set(code, this);
  }

  /** @param lines The complete lines that are shown; those of before are unchanged. */
  update(lines: readonly string[]): void {
    this.#lines = lines;
    this.#wait();
  }

  /** Only what is near the view is coloured. */
  approach(near: boolean): void {
    this.#near = near;
    if (near) this.#wait();
    else waiting.delete(this);
  }

  /** Everything is to be coloured anew; until then it keeps its colours. */
  restart(): void {
    this.#asked = 0;
    this.#wait();
  }

  /** Asks for the next lines. */
  ask(): void {
    const from = this.#asked;
    let end = from;
    for (let length = 0; end < this.#lines.length && end - from < maxLines && length < maxLength; end += 1) {
      length += this.#lines[end]?.length ?? 0;
    }
    this.#asked = end;
    asked.push({ highlight: this, block: this.#block, from });
    const lines = this.#lines.slice(from, end);
    post({ type: 'highlight', block: this.#block, language: this.#language, from, lines });
    this.#wait();
  }

  /** Paints what was asked for. */
  take({ from, colors }: ToPage & { type: 'highlighted' }): void {
    if (!colors) {
      this.#asked = Infinity;
      return;
    }
    paintLines(this.code, this.#lines, from, colors);
  }

  #wait(): void {
    if (!this.#near || this.#language === '' || this.#asked >= this.#lines.length) return;
    waiting.delete(this);
    waiting.add(this);
    plan();
  }
}

/** Takes a message of the host that is about colours. */
export function receiveHighlighting(message: ToPage): void {
  if (message.type === 'highlighted') {
    const answered = asked.find(({ block, from }) => block === message.block && from === message.from);
    asked = asked.filter((question) => question !== answered);
    answered?.highlight.take(message);
    plan();
  } else if (message.type === 'highlightingChanged') {
    asked = [];
    for (const code of document.querySelectorAll('.code-block code')) highlights.get(code)?.restart();
  }
}

/** Asks when the page is at rest: text comes before its colours. */
function plan(): void {
  if (planned || asked.length >= maxAsked || waiting.size === 0) return;
  planned = true;
  requestIdleCallback(askNext, { timeout: patience });
}

function askNext(): void {
  planned = false;
  while (asked.length < maxAsked) {
    const newest = [...waiting].at(-1);
    if (!newest) return;
    waiting.delete(newest);
    if (newest.code.isConnected) newest.ask();
  }
}
