import { CodeTracker } from './codeTracker.ts';
import { nextTag, tagAt, type ReasoningTag } from './reasoningTags.ts';

/** A classified piece of streamed text, or the notice that all text so far was reasoning. */
export type Piece =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  /** `length`: of that text, in UTF-16 code units. */
  | { readonly type: 'textWasReasoning'; readonly length: number };

/**
 * Separates reasoning from streamed text, wherever it is cut: between `<think>` and `</think>` and similar tags, and in
 * the channels of the harmony format. A tag counts at the start of a line or directly after a word; in code, after a
 * blank or in brackets it is part of the text. If the chat template put the opening tag into the prompt, only the
 * closing tag arrives; then everything before it is reasoning.
 */
export class ReasoningSplitter {
  readonly #code = new CodeTracker();
  /** The current state: in the answer, in reasoning until its closing tag, or in a harmony header or body. */
  #mode: Mode = { kind: 'text' };
  /** Whether an opening tag or other reasoning has been seen. */
  #opened = false;
  /** Length of the text emitted so far, in UTF-16 code units. */
  #told = 0;
  #isBlank = true;
  /** Whether the text mentions the opening tag: then it may mention the closing tag as well. */
  #isNamed = false;
  /** The end of the input that may be the start of a tag. */
  #held = '';

  /** Yields the pieces that can be classified so far. */
  *split(text: string): Generator<Piece, void> {
    const whole = this.#held + text;
    this.#held = '';
    let passed = 0;
    for (let at = nextTag(whole, 0); at < whole.length; at = nextTag(whole, at)) {
      const found = tagAt(whole, at);
      if (found === undefined) {
        at += 1;
        continue;
      }
      yield* this.#pass(whole.slice(passed, at));
      passed = at;
      if (found === 'cut') {
        this.#held = whole.slice(at);
        return;
      }
      at += found.length;
      if (yield* this.#take(found.tag)) passed = at;
    }
    yield* this.#pass(whole.slice(passed));
  }

  /** Ends the text: what is held back is no tag. */
  *end(): Generator<Piece, void> {
    const held = this.#held;
    this.#held = '';
    yield* this.#pass(held);
    if (this.#mode.kind === 'header') yield* this.#tell('reasoning', this.#mode.text);
  }

  /** Reasoning arrived in its own field: from now on a lone closing tag counts only at the start of the text. */
  reasoned(): void {
    this.#opened = true;
  }

  /** @returns whether the tag counts here; otherwise it is part of the text. */
  *#take(tag: ReasoningTag): Generator<Piece, boolean> {
    const mode = this.#mode;
    switch (mode.kind) {
      case 'text':
        if (this.#code.endsInside()) return false;
        return yield* this.#takeInText(tag);
      case 'reasoning':
        if (tag.kind !== 'close' || tag.name !== mode.name) return false;
        this.#mode = { kind: 'text' };
        return true;
      case 'header':
        if (tag.kind === 'header') this.#mode = { kind: 'header', text: '' };
        else if (tag.kind === 'body') this.#mode = { kind: 'body', isAnswer: isAnswer(mode.text) };
        return true;
      case 'body':
        if (tag.kind !== 'header' && tag.kind !== 'end') return false;
        if (mode.isAnswer && this.#code.endsInside()) return false;
        this.#mode = tag.kind === 'header' ? { kind: 'header', text: '' } : { kind: 'text' };
        return true;
      default:
        return mode satisfies never;
    }
  }

  *#takeInText(tag: ReasoningTag): Generator<Piece, boolean> {
    switch (tag.kind) {
      case 'open':
        this.#isNamed ||= !this.#mayOpen;
        if (!this.#mayOpen) return false;
        this.#mode = { kind: 'reasoning', name: tag.name };
        this.#opened = true;
        return true;
      case 'close':
        if (this.#isBlank && this.#opened) return true;
        if (this.#opened || this.#isNamed || !this.#endsSentence) return false;
        this.#opened = true;
        if (this.#told > 0) yield { type: 'textWasReasoning', length: this.#told };
        return true;
      case 'header':
        if (!this.#isBlank && !this.#code.lineIsBlank) return false;
        this.#mode = { kind: 'header', text: '' };
        this.#opened = true;
        return true;
      case 'answer':
        return this.#opened;
      case 'end':
      case 'body':
        return false;
      default:
        return tag satisfies never;
    }
  }

  /** Whether the text is at the start of a line, or directly after a word or sentence. */
  get #mayOpen(): boolean {
    return this.#code.lineIsBlank || /[\p{L}\p{N}.!?…。！？]/u.test(this.#code.last);
  }

  /** Whether the last line is empty, or the text ends with a word or its punctuation and no blank. */
  get #endsSentence(): boolean {
    return this.#code.lineIsBlank || /[\p{L}\p{N}.!?…,;:)\]*。！？：；）”’]/u.test(this.#code.last);
  }

  *#pass(text: string): Generator<Piece, void> {
    const mode = this.#mode;
    switch (mode.kind) {
      case 'text':
        yield* this.#tell('text', text);
        break;
      case 'body':
        yield* this.#tell(mode.isAnswer ? 'text' : 'reasoning', text);
        break;
      case 'reasoning':
        yield* this.#tell('reasoning', text);
        break;
      case 'header':
        this.#mode = { kind: 'header', text: mode.text + text };
        if (mode.text.length + text.length <= longestHeader) break;
        this.#mode = { kind: 'text' };
        yield* this.#tell('text', mode.text + text);
        break;
      default:
        mode satisfies never;
    }
  }

  *#tell(type: 'text' | 'reasoning', text: string): Generator<Piece, void> {
    if (text === '') return;
    if (type === 'text') {
      this.#code.follow(text);
      this.#told += text.length;
      this.#isBlank &&= text.trim() === '';
    }
    yield { type, text };
  }
}

type Mode =
  | { readonly kind: 'text' }
  /** `name`: of the closing tag. */
  | { readonly kind: 'reasoning'; readonly name: string }
  | { readonly kind: 'header'; readonly text: string }
  | { readonly kind: 'body'; readonly isAnswer: boolean };

/** In UTF-16 code units. */
const longestHeader = 200;

/** Whether a harmony header, `assistant` with the channel's name, introduces text for the user. */
function isAnswer(header: string): boolean {
  return /\bfinal\b/.test(header) || ['', 'assistant'].includes(header.trim());
}
