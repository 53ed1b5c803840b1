import type { ToPage } from '../../shared/protocol.ts';
import { post } from '../host.ts';
import { paintLines } from './paint.ts';

/** Lines per request: few enough to keep neither side busy for much longer than a frame. */
const maxLines = 100;
const maxLength = 20_000;
/** Concurrent requests, to hide the round trip. */
const maxAsked = 4;
/** Most milliseconds that a request waits for the page to be idle. */
const patience = 100;

const highlights = new WeakMap<Element, Highlight>();
/** Blocks near the viewport with lines to request; the newest first, since the reader looks there. */
const waiting = new Set<Highlight>();
/** Pending requests in order. */
let asked: { readonly highlight: Highlight; readonly block: number; readonly from: number }[] = [];
let planned = false;
let blocks = 0;

/** The highlighting of a code block. Its text is already shown; colors are added when the host has tokenized it. */
export class Highlight {
  readonly code: HTMLElement;
  readonly #language: string;
  readonly #block = blocks++;
  #lines: readonly string[] = [];
  #asked = 0;
  #near = false;

  /** @param code Contains the block's text as `paintLines` expects it. */
  constructor(language: string, code: HTMLElement) {
    this.#language = language;
    this.code = code;
    highlights.set(code, this);
  }

  /** @param lines The complete lines shown; earlier ones are unchanged. */
  update(lines: readonly string[]): void {
    this.#lines = lines;
    this.#wait();
  }

  /** Only code near the viewport is highlighted. */
  approach(near: boolean): void {
    this.#near = near;
    if (near) this.#wait();
    else waiting.delete(this);
  }

  /** Highlights everything again; old colors stay until then. */
  restart(): void {
    this.#asked = 0;
    this.#wait();
  }

  /** Requests the next lines. */
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

  /** Paints the response. */
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

/** Handles a highlighting message of the host. */
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

/** Sends requests when the page is idle: text comes before colors. */
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
