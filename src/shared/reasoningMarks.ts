import { CodeTracker } from './codeTracker.ts';
import { nextTag, tagAt, type ReasoningTag } from './reasoningTags.ts';

/** A piece of text, told apart; or the news that all of the text until now was reasoning. */
export type Piece =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  /** `length`: of that text, in UTF-16 code units. */
  | { readonly type: 'textWasReasoning'; readonly length: number };

/**
 * Takes reasoning out of a text that comes in pieces, cut anywhere: between `<think>` and `</think>` and their kin, and
 * in the channels of the harmony format. A tag is one where a line begins or directly after a word; inside code, after a
 * blank or in brackets it is what the text is about. Where a chat template has written the beginning into the prompt,
 * the end comes alone; then all that came before is reasoning.
 */
export class ReasoningSplitter {
  readonly #code = new CodeTracker();
  /** Where the text is: in the answer, in reasoning until its end, or in a header or body of harmony. */
  #mode: Mode = { kind: 'text' };
  /** Whether reasoning had a beginning of its own, or there was some already. */
  #opened = false;
  /** Of the text that was told, in UTF-16 code units. */
  #told = 0;
  #isBlank = true;
  /** Whether the text names the beginning of reasoning: an end may be named as well. */
  #isNamed = false;
  /** The end of what came, as long as it may be the start of a tag. */
  #held = '';

  /** Tells apart what can be told by now. */
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

  /** The text has ended: what was held is no tag. */
  *end(): Generator<Piece, void> {
    const held = this.#held;
    this.#held = '';
    yield* this.#pass(held);
    if (this.#mode.kind === 'header') yield* this.#tell('reasoning', this.#mode.text);
  }

  /** Reasoning has come from elsewhere: an end without a beginning is none, unless the text begins with it. */
  reasoned(): void {
    this.#opened = true;
  }

  /** @returns whether the tag means something here; else it is part of the text. */
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

  /** Where a line begins, or directly after a word or a sentence. */
  get #mayOpen(): boolean {
    return this.#code.lineIsBlank || /[\p{L}\p{N}.!?…。！？]/u.test(this.#code.last);
  }

  /** Whether nothing is in the last line, or the text ends with a word or a mark after one, without a blank. */
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
  /** `name`: of the tag that ends it. */
  | { readonly kind: 'reasoning'; readonly name: string }
  | { readonly kind: 'header'; readonly text: string }
  | { readonly kind: 'body'; readonly isAnswer: boolean };

/** In UTF-16 code units. */
const longestHeader = 200;

/** Whether a header of harmony, `assistant` and the channel's name, leads to what is for the user. */
function isAnswer(header: string): boolean {
  return /\bfinal\b/.test(header) || ['', 'assistant'].includes(header.trim());
}
