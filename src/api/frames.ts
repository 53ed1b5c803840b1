import { parseJson } from '../shared/json.ts';

/** A piece of a body that may hold JSON. */
export interface Frame {
  readonly data: string;
  /** The name of a server-sent event; `error` also where the field itself is called so. */
  readonly event?: string | undefined;
  /** Whether it stood outside of any event: a line of another format. */
  readonly stray?: true;
}

/** In UTF-16 code units; longer than any answer, shorter than what hurts. */
const longestBody = 32 * 1024 * 1024;

/** A body was longer than `longestBody` without an end in sight. */
export class BodyTooLong extends Error {}

/**
 * Cuts a body into frames, whatever its format: server-sent events (HTML standard, 9.2), one JSON value a line, a JSON
 * list, one JSON value over many lines, or these mixed, as gateways send them. Each frame comes as soon as it is
 * complete. The work is linear in the text, however it is cut.
 */
export class FrameReader {
  /** The start of a line or of a JSON value, in the pieces in which it came. */
  #pending: string[] = [];
  #pendingLength = 0;
  /** Blanks, commas and brackets that a text ended with, where a line begins. */
  #lead = '';
  /** Inside a JSON value that is not in an event. */
  #json: JsonScanner | undefined;
  #skipsLineFeed = false;
  #isFirst = true;
  #data: string[] = [];
  #dataLength = 0;
  #event: string | undefined;

  /** @throws BodyTooLong */
  feed(text: string): readonly Frame[] {
    const frames: Frame[] = [];
    let rest = text;
    if (this.#isFirst && text !== '') {
      this.#isFirst = false;
      if (rest.startsWith('\uFEFF')) rest = rest.slice(1);
    }
    if (this.#skipsLineFeed && rest !== '') {
      this.#skipsLineFeed = false;
      if (rest.startsWith('\n')) rest = rest.slice(1);
    }
    if (this.#lead !== '') {
      rest = this.#lead + rest;
      this.#lead = '';
    }
    this.#read(rest, frames);
    if (this.#pendingLength + this.#dataLength > longestBody) throw new BodyTooLong();
    return frames;
  }

  /** What is left at the end of the body; `cut` where it is part of a frame. */
  end(): { readonly frames: readonly Frame[]; readonly cut: string | undefined } {
    const frames: Frame[] = [];
    const rest = this.#takePending(this.#lead);
    if (this.#json) {
      this.#json = undefined;
      return { frames, cut: rest };
    }
    if (rest !== '') this.#line(rest, frames);
    this.#dispatch(frames);
    return { frames, cut: undefined };
  }

  #read(text: string, frames: Frame[]): void {
    let at = 0;
    let carriageReturn = text.indexOf('\r');
    while (at < text.length) {
      if (this.#json) {
        const end = this.#json.scan(text, at);
        if (end === undefined) break;
        this.#json = undefined;
        frames.push({ data: this.#takePending(text.slice(at, end)), stray: true });
        at = end;
        continue;
      }
      if (this.#pendingLength === 0) {
        const start = skipPunctuation(text, at);
        if (start === text.length && start - at < longestLead) {
          this.#lead = text.slice(at);
          return;
        }
        if (startsJson(text, start)) {
          at = start;
          this.#json = new JsonScanner();
          continue;
        }
      }
      const lineFeed = text.indexOf('\n', at);
      if (carriageReturn !== -1 && carriageReturn < at) carriageReturn = text.indexOf('\r', at);
      const isReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
      const end = isReturn ? carriageReturn : lineFeed;
      if (end === -1) break;
      this.#line(this.#takePending(text.slice(at, end)), frames);
      at = end + 1;
      if (!isReturn) continue;
      if (at === text.length) this.#skipsLineFeed = true;
      else if (text.charCodeAt(at) === lineFeedCode) at += 1;
    }
    if (at >= text.length) return;
    this.#pending.push(at === 0 ? text : text.slice(at));
    this.#pendingLength += text.length - at;
  }

  #takePending(last: string): string {
    if (this.#pendingLength === 0) return last;
    this.#pending.push(last);
    const whole = this.#pending.join('');
    this.#pending = [];
    this.#pendingLength = 0;
    return whole;
  }

  #line(line: string, frames: Frame[]): void {
    if (line === '') {
      this.#dispatch(frames);
      return;
    }
    if (line.startsWith('data:')) {
      this.#addData(line.slice(line.charCodeAt(5) === spaceCode ? 6 : 5), frames);
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (name) {
      case 'data':
        this.#addData(value, frames);
        break;
      case 'event':
        this.#event = value;
        break;
      case 'id':
      case 'retry':
        break;
      default:
        // llama.cpp reported errors so until September 2025 (ggml-org/llama.cpp#16109).
        if (name === 'error') frames.push({ data: value, event: 'error' });
        else frames.push({ data: line, stray: true });
    }
  }

  #addData(value: string, frames: Frame[]): void {
    // Where the blank lines between events are missing, one ends where the next value begins.
    if (this.#data.length === 1 && value.startsWith('{') && isComplete(this.#data[0] ?? '')) this.#dispatch(frames);
    this.#data.push(value);
    this.#dataLength += value.length;
  }

  #dispatch(frames: Frame[]): void {
    const event = this.#event;
    this.#event = undefined;
    if (this.#data.length === 0) return;
    const data = this.#data.length === 1 ? (this.#data[0] ?? '') : this.#data.join('\n');
    this.#data = [];
    this.#dataLength = 0;
    frames.push({ data, event });
  }
}

const lineFeedCode = 10;
const spaceCode = 32;

function isComplete(line: string): boolean {
  return line.trimEnd().endsWith('}') && parseJson(line) !== undefined;
}

/** A line that begins with a JSON object belongs to no event. */
function startsJson(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x7b;
}

/** The place after blanks and commas between JSON values, and the brackets of a list around them. */
function skipPunctuation(text: string, at: number): number {
  let end = at;
  while (end < text.length && ' \t,[]'.includes(text[end] ?? '')) end += 1;
  return end;
}

/** In UTF-16 code units. */
const longestLead = 1000;

/** Finds the end of a JSON object that comes in pieces. */
class JsonScanner {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** @returns the place behind the object's end; absent: it is not in this piece. */
  scan(text: string, from: number): number | undefined {
    let at = from;
    while (at < text.length) {
      if (this.#escaped) {
        this.#escaped = false;
        at += 1;
        continue;
      }
      const pattern = this.#inString ? inString : outsideString;
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) return undefined;
      at = found.index + 1;
      switch (found[0]) {
        case '\\':
          this.#escaped = true;
          break;
        case '"':
          this.#inString = !this.#inString;
          break;
        case '{':
          this.#depth += 1;
          break;
        default:
          this.#depth -= 1;
          if (this.#depth === 0) return at;
      }
    }
    return undefined;
  }
}

const inString = /["\\]/g;
const outsideString = /["{}]/g;
