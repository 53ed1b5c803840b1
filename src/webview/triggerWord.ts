import { characterBefore, characterClass } from '../shared/characters.ts';
import type { CompletionTrigger } from '../shared/protocol.ts';

/** A word that asks the popup for something, up to the caret. */
export interface TriggerWord {
  readonly trigger: CompletionTrigger;
  /** The text after the trigger. */
  readonly query: string;
  /** Index of the trigger in the text, and of the caret. */
  readonly start: number;
  readonly end: number;
}

/** Longest word, in UTF-16 code units, so that a key costs the same however long the text is. */
const longest = 260;
/** Most blanks in the name of a file that is typed with them. */
const mostBlanks = 3;

/**
 * The word at the caret: `#` where a word begins, `/` at the start of the input alone. Chinese, Japanese and Korean have no
 * blanks between words, so `#` may follow their characters, and opening punctuation.
 * @param open Start of the word whose popup has matches: such a word may go on over a blank, as the names of files do.
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
