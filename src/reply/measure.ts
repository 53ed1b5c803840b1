import { unbalanced } from './balance.ts';
import type { Finding, Question } from './finding.ts';
import { isBlank, wordsOf } from './lines.ts';
import { NativeReader } from './native.ts';
import { omissionIn } from './omission.ts';
import type { Original } from './original.ts';
import { packedIn } from './packed.ts';
import { keywordsIn } from './plainGrammar.ts';
import { isRefusal } from './refusal.ts';
import { SpeechReader } from './speech.ts';
import type { CodeLine, CodeLines } from './syntax.ts';
import { versionsIn } from './versions.ts';
import { partIn } from './whole.ts';

type Measure = (now: CodeLines, original: Original, said: string) => string | undefined;

/** In the order in which they are put to the user. */
const measures: readonly (readonly [Question, Measure])[] = [
  ['native', ({ lines }, original) => strangeIn(lines, original)],
  ['code', ({ lines }, original) => speechIn(lines, original)],
  ['unpacked', ({ lines }, original) => packedIn(lines, original)],
  ['related', ({ lines }, original) => valueIn(lines, original)],
  ['single', ({ lines }, original) => versionsIn(lines, original)],
  ['complete', ({ lines }, original) => omissionIn(lines, original)],
  ['whole', ({ lines }, original, said) => partIn(lines, original, said)],
  ['balanced', ({ lines }, original) => unbalanced(lines, original)],
  ['joins', ({ lines, end }, original) => (original.followsFrom(end) ? undefined : lines.at(-1)?.text.trim())],
];

/**
 * What the document says of a text in the place of its selection.
 *
 * @param said the words before the text
 */
export function measure(text: string, original: Original, said: string): readonly Finding[] {
  const now = original.withText(text);
  return measures.map(([question, ask]) => {
    const against = ask(now, original, said);
    return against === undefined ? { question } : { question, against };
  });
}

/** A value where there were statements: what they print, or a name for them. */
function valueIn(lines: readonly CodeLine[], { own, around }: Original): string | undefined {
  const isWhole = isBlank(around.prefix + around.suffix) && own.some((line) => /[^\s\p{L}\p{N}_.,-]/u.test(line));
  const now = lines.filter(({ text }) => !isBlank(text));
  // In some languages the apostrophe of `I'm` begins a comment.
  const bare = now.map(({ code, text }) => (isBlank(code) ? text : code).trim());
  const isValue = bare.every((text) => /^[\p{L}\p{N}_.-]+$/u.test(text) && keywordsIn(text).length === 0);
  const words = isValue ? new Set(wordsOf(around.selection)) : undefined;
  const isRemark = now.every(({ code, text }) => !isBlank(code) && text.trim().length > 2 * code.trim().length);
  const isAnswer =
    isWhole && (own.length > 1 || isRemark) && words !== undefined && !bare.some((text) => words.has(text));
  return isAnswer || isDeclined(now, around.selection) || isWordsForElement(now, own) ? now[0]?.text.trim() : undefined;
}

/** Whether the text shares no word with the selection, and reads as declining to write it. */
function isDeclined(now: readonly CodeLine[], selection: string): boolean {
  const text = now.map((line) => line.text).join('\n');
  const words = new Set(wordsOf(selection));
  return !wordsOf(text).some((word) => words.has(word)) && isRefusal(text);
}

/** Whether words without any tag, and none of the old ones, take the place of an element. */
function isWordsForElement(now: readonly CodeLine[], own: readonly string[]): boolean {
  if (!/^<\w/.test(own[0] ?? '') || !(own.at(-1) ?? '').endsWith('>')) return false;
  const words = new Set(wordsOf(own.join('\n')));
  return (
    now.every(({ text }) => !/[<{]/.test(text)) &&
    !now.some(({ text }) => wordsOf(text).some((word) => words.has(word)))
  );
}

function strangeIn(lines: readonly CodeLine[], original: Original): string | undefined {
  const reader = new NativeReader(original);
  return original
    .inner(lines)
    .find((line) => reader.isStrange(line))
    ?.text.trim();
}

function speechIn(lines: readonly CodeLine[], original: Original): string | undefined {
  const reader = new SpeechReader(original);
  return original
    .inner(lines)
    .find((line) => reader.isSpeech(line))
    ?.text.trim();
}
