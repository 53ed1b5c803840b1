import { flanking } from './emphasis.ts';
import { formulaAt } from './formulas.ts';

/** Open emphasis: where its marker ends, and what would close it. */
interface Opener {
  readonly end: number;
  readonly character: string;
  readonly length: number;
}

/** Brackets and tags longer than this are treated as text. */
const patience = 300;

/**
 * The displayable beginning of a paragraph's text: holds back incomplete markup and closes open emphasis. `text` starts
 * at the inline content.
 */
export function settleInline(text: string): string {
  const openers = new Openers();
  const brackets = new Brackets(text);
  for (let at = 0; at < text.length;) {
    const next = step(text, at, openers, brackets);
    if (typeof next === 'number') at = next;
    else return closed(next.text, openers.open, next.closer);
  }
  return closed(text, openers.open, '');
}

interface Cut {
  readonly text: string;
  readonly closer: string;
}

/** Index after the construct at `at`, or the displayable text if it is incomplete. */
function step(text: string, at: number, openers: Openers, brackets: Brackets): number | Cut {
  const held: Cut = { text: text.slice(0, at), closer: '' };
  switch (text[at]) {
    case '\\':
      // At the end of a line it is a hard break, unless nothing follows.
      return formula(text, at) ?? (/^\n?$/.test(text.slice(at + 1, at + 3)) ? held : at + 2);
    case '$':
      return formula(text, at) ?? at + 1;
    case '`':
      return codeSpan(text, at) ?? held;
    case '<':
      return tag(text, at) ?? held;
    case '&':
      return /^&(?:#?\w{0,31})$/.test(text.slice(at, at + 34)) ? held : at + 1;
    case '!':
      return at + 1 === text.length ? held : at + 1;
    case '[':
      return bracket(text, at, brackets) ?? { ...held, text: held.text.replace(/!$/, '') };
    case '*':
    case '_':
    case '~':
      return emphasis(text, at, openers) ?? held;
    default:
      return at + 1;
  }
}

/** End of a formula, or the displayable text before an incomplete one; undefined if there is none. */
function formula(text: string, at: number): number | Cut | undefined {
  const found = formulaAt(text, at);
  return found === 'open' ? { text: text.slice(0, at), closer: '' } : found && at + found.raw.length;
}

function codeSpan(text: string, at: number): number | Cut | undefined {
  const run = /^`+/.exec(text.slice(at, at + 100))?.[0] ?? '`';
  const content = at + run.length;
  for (const match of text.slice(content).matchAll(/`+/g)) {
    if (match[0] === run && content + match.index + run.length < text.length) return content + match.index + run.length;
  }
  let end = text.length;
  while (end > content && /[`\s]/.test(text.charAt(end - 1))) end -= 1;
  const shown = text.slice(0, end);
  return shown.length <= content ? undefined : { text: shown, closer: run };
}

function tag(text: string, at: number): number | undefined {
  const rest = text.slice(at, at + patience);
  if (/^<(?:[a-z/!?][^<>]*)?$/i.test(rest) && rest.length < patience) return undefined;
  const whole = /^<[a-z/!?][^<>]*>/i.exec(rest)?.[0];
  return at + (whole?.length ?? 1);
}

function bracket(text: string, at: number, brackets: Brackets): number | Cut | undefined {
  const end = brackets.closing(at);
  if (end === undefined) return text.length - at < patience ? undefined : at + 1;
  switch (text[end + 1]) {
    case undefined:
      return undefined;
    case '(': {
      const target = brackets.closing(end + 1);
      if (target !== undefined) return target + 1;
      const isImage = text[at - 1] === '!';
      return isImage ? undefined : { text: `${text.slice(0, at)}${settleInline(text.slice(at + 1, end))}`, closer: '' };
    }
    case '[': {
      const reference = brackets.closing(end + 1);
      return reference === undefined || reference + 1 === text.length ? undefined : end + 1;
    }
    case ':':
      return (at === 0 || text[at - 1] === '\n') && !text.includes('\n', end) ? undefined : at + 1;
    default:
      return at + 1;
  }
}

/** Matching brackets, found in one pass. */
class Brackets {
  readonly #text: string;
  readonly #ends = new Map<number, number>();
  #isRead = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The bracket that closes the one at `at`, unless it is too far away. */
  closing(at: number): number | undefined {
    if (!this.#isRead) this.#read();
    const end = this.#ends.get(at);
    return end !== undefined && end - at < 10 * patience ? end : undefined;
  }

  #read(): void {
    this.#isRead = true;
    const open: Readonly<Record<string, number[]>> = { ']': [], ')': [] };
    for (let at = 0; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      if (character === '\\') at += 1;
      else if (character === '[') open[']']?.push(at);
      else if (character === '(') open[')']?.push(at);
      else {
        const begin = open[character]?.pop();
        if (begin !== undefined) this.#ends.set(begin, at);
      }
    }
  }
}

/** CommonMark 0.31, section 6.2: what opens, what closes, and what a run matches. */
function emphasis(text: string, at: number, openers: Openers): number | undefined {
  const character = text.charAt(at);
  let end = at;
  while (text[end] === character) end += 1;
  if (end === text.length) return undefined;
  const length = end - at;
  if (character === '~' && length !== 2) return end;
  const { opens: mayOpen, closes: mayClose } = flanking(text, at, end);
  const rest = mayClose ? openers.close(character, length) : length;
  if (rest > 0 && mayOpen) openers.push({ end, character, length: rest });
  return end;
}

/** The open emphasis. */
class Openers {
  readonly open: Opener[] = [];
  /** Number of openers by character, to avoid useless searches. */
  readonly #counts = new Map<string, number>();

  push(opener: Opener): void {
    this.open.push(opener);
    this.#count(opener, 1);
  }

  /**
   * Closes as much as a run of `length` characters can.
   * @returns the number of remaining characters.
   */
  close(character: string, length: number): number {
    let rest = length;
    while (rest > 0 && (this.#counts.get(character) ?? 0) > 0) {
      const opener = this.#cut(character);
      if (!opener) break;
      const used = rest >= 2 && opener.length >= 2 ? 2 : 1;
      rest -= used;
      if (opener.length > used) this.push({ ...opener, end: opener.end - used, length: opener.length - used });
    }
    return rest;
  }

  /** Removes the last opener of the character and all later ones, which can't be closed any more. */
  #cut(character: string): Opener | undefined {
    for (let opener = this.open.pop(); opener; opener = this.open.pop()) {
      this.#count(opener, -1);
      if (opener.character === character) return opener;
    }
    return undefined;
  }

  #count({ character }: Opener, change: number): void {
    this.#counts.set(character, (this.#counts.get(character) ?? 0) + change);
  }
}

function closed(text: string, openers: readonly Opener[], closer: string): string {
  let shown = text + closer;
  let open = openers.length;
  if (open === 0) return shown;
  for (shown = shown.trimEnd(); open > 0; shown = shown.trimEnd()) {
    const last = openers[open - 1];
    if (!last || last.end < shown.length) break;
    shown = shown.slice(0, last.end - last.length);
    open -= 1;
  }
  return (
    shown +
    openers
      .slice(0, open)
      .map(({ character, length }) => character.repeat(length))
      .toReversed()
      .join('')
  );
}
