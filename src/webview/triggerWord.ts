import { characterBefore, characterClass } from '../shared/characters.ts';
import type { CompletionTrigger } from '../shared/protocol.ts';

/** A word that opens the popup, up to the caret. */
export interface TriggerWord {
  readonly trigger: CompletionTrigger;
  /** The text after the trigger. */
  readonly query: string;
  /** Index of the trigger in the text, and of the caret. */
  readonly start: number;
  readonly end: number;
}

/** Longest word in UTF-16 code units, so that a key costs the same in any text. */
const longest = 260;
/** Most blanks in a typed file name. */
const mostBlanks = 3;

/**
 * The word at the caret: `#` at the start of a word, `/` only at the start of the input. Chinese, Japanese and Korean
 * have no blanks between words, so `#` may follow their characters, and opening punctuation.
 * @param open Start of a word whose popup has matches: such a word may continue after a blank, as file names do.
 */
export function triggerWord(text: string, caret: number, open?: number): TriggerWord | undefined {
  const from = Math.max(0, caret - longest);
  const before = text.slice(from, caret);
  if (from === 0 && /^\/[\w-]*$/.test(before)) return { trigger: '/', query: before.slice(1), start: 0, end: caret };
  const start = open !== undefined && goesOn(text, open, caret) ? open : startOfWord(text, from, caret);
  return start === undefined ? undefined : { trigger: '#', query: text.slice(start + 1, caret), start, end: caret };
}

function startOfWord(text: string, from: number, caret: number): number | undefined {
  const blank = Math.max(
    ...[' ', '\n', '\t', '\u3000', '\u00a0'].map((each) => text.slice(from, caret).lastIndexOf(each)),
  );
  for (let at = text.indexOf('#', from + blank + 1); at >= 0 && at < caret; at = text.indexOf('#', at + 1)) {
    if (mayPrecede(characterBefore(text, at))) return at;
  }
  return undefined;
}

function mayPrecede(character: string | undefined): boolean {
  const kind = characterClass(character);
  return kind === 'blank' || kind === 'cjk' || /[\p{Ps}\p{Pi}"'`<>|,;:*~]/u.test(character ?? '');
}

function goesOn(text: string, start: number, caret: number): boolean {
  if (text[start] !== '#' || caret - start > longest) return false;
  const query = text.slice(start + 1, caret);
  return /^\S/.test(query) && !/\s\s|[\n\r]/.test(query) && query.split(/\s/).length <= mostBlanks + 1;
}
