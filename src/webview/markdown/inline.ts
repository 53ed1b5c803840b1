import { formulaAt } from './formulas.ts';

/** An emphasis that is open: where its marker ends, and what would close it. */
interface Opener {
  readonly end: number;
  readonly character: string;
  readonly length: number;
}

/** Longer brackets and tags than this are taken for text. */
const patience = 300;

/**
 * The beginning of a paragraph's text as it can be shown: what may still become markup is held back, what is open is
 * closed. `text` begins where the inline content begins.
 */
export function settleInline(text: string): string {
  const openers: Opener[] = [];
  for (let at = 0; at < text.length;) {
    const next = step(text, at, openers);
    if (typeof next === 'number') at = next;
    else return closed(next.text, openers, next.closer);
  }
  return closed(text, openers, '');
}

interface Cut {
  readonly text: string;
  readonly closer: string;
}

/** Where the text goes on after the construct at `at`, or, if that is incomplete, what can be shown. */
function step(text: string, at: number, openers: Opener[]): number | Cut {
  const held: Cut = { text: text.slice(0, at), closer: '' };
  switch (text[at]) {
    case '\\':
      // At the end of a line it is a line break, unless nothing follows.
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
      return bracket(text, at) ?? { ...held, text: held.text.replace(/!$/, '') };
    case '*':
    case '_':
    case '~':
      return emphasis(text, at, openers) ?? held;
    default:
      return at + 1;
  }
}

/** Where a formula ends, or what can be shown before one that is half written; nothing where there is none. */
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
  const shown = text.replace(/[`\s]+$/, '');
  return shown.length <= content ? undefined : { text: shown, closer: run };
}

function tag(text: string, at: number): number | undefined {
  const rest = text.slice(at, at + patience);
  if (/^<(?:[a-z/!?][^<>]*)?$/i.test(rest) && rest.length < patience) return undefined;
  const whole = /^<[a-z/!?][^<>]*>/i.exec(rest)?.[0];
  return at + (whole?.length ?? 1);
}

function bracket(text: string, at: number): number | Cut | undefined {
  const end = closing(text, at, '[', ']');
  if (end === undefined) return text.length - at < patience ? undefined : at + 1;
  switch (text[end + 1]) {
    case undefined:
      return undefined;
    case '(': {
      const target = closing(text, end + 1, '(', ')');
      if (target !== undefined) return target + 1;
      const isImage = text[at - 1] === '!';
      return isImage ? undefined : { text: `${text.slice(0, at)}${settleInline(text.slice(at + 1, end))}`, closer: '' };
    }
    case '[': {
      const reference = closing(text, end + 1, '[', ']');
      return reference === undefined || reference + 1 === text.length ? undefined : end + 1;
    }
    case ':':
      return (at === 0 || text[at - 1] === '\n') && !text.includes('\n', end) ? undefined : at + 1;
    default:
      return at + 1;
  }
}

function closing(text: string, at: number, open: string, close: string): number | undefined {
  let depth = 0;
  const limit = Math.min(text.length, at + 10 * patience);
  for (let index = at; index < limit; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === open) depth += 1;
    else if (character === close && --depth === 0) return index;
  }
  return undefined;
}

/** CommonMark 0.31, section 6.2: what opens, what closes, and what a run matches. */
function emphasis(text: string, at: number, openers: Opener[]): number | undefined {
  const character = text.charAt(at);
  let end = at;
  while (text[end] === character) end += 1;
  if (end === text.length) return undefined;
  const length = end - at;
  if (character === '~' && length !== 2) return end;
  const before = characterClass(text[at - 1]);
  const after = characterClass(text[end]);
  const leftFlanking = after !== 'space' && (after === 'word' || before !== 'word');
  const rightFlanking = before !== 'space' && (before === 'word' || after !== 'word');
  const intraword = character === '_' && leftFlanking && rightFlanking;
  const mayClose = rightFlanking && !(intraword && after === 'word');
  const mayOpen = leftFlanking && !(intraword && before === 'word');
  const rest = mayClose ? close(openers, character, length) : length;
  if (rest > 0 && mayOpen) openers.push({ end, character, length: rest });
  return end;
}

/** Closes as much as a run of `length` characters can, and returns how many of them are left. */
function close(openers: Opener[], character: string, length: number): number {
  let rest = length;
  while (rest > 0) {
    const index = openers.findLastIndex((opener) => opener.character === character);
    const opener = openers[index];
    if (!opener) break;
    const used = rest >= 2 && opener.length >= 2 ? 2 : 1;
    rest -= used;
    openers.splice(index);
    if (opener.length > used) openers.push({ ...opener, end: opener.end - used, length: opener.length - used });
  }
  return rest;
}

function characterClass(character: string | undefined): 'space' | 'punctuation' | 'word' {
  if (character === undefined || /\s/.test(character)) return 'space';
  return /[\p{P}\p{S}]/u.test(character) ? 'punctuation' : 'word';
}

function closed(text: string, openers: readonly Opener[], closer: string): string {
  let shown = text + closer;
  let open = openers;
  if (open.length === 0) return shown;
  for (shown = shown.trimEnd(); ; shown = shown.trimEnd()) {
    const last = open.at(-1);
    if (!last || last.end < shown.length) break;
    shown = shown.slice(0, last.end - last.length);
    open = open.slice(0, -1);
  }
  return (
    shown +
    open
      .map(({ character, length }) => character.repeat(length))
      .toReversed()
      .join('')
  );
}
