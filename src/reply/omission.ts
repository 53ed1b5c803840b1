import { align } from './alignment.ts';
import { indentOf, isBlank } from './lines.ts';
import type { Original } from './original.ts';
import { namesIn } from './plainGrammar.ts';
import { type CodeLine, isComment } from './syntax.ts';

/** What breaks a tie: words with which models mention what they leave out. */
const words =
  'rest|remainder|remaining|existing|unchanged|omitted|other|same|previous|original|keep|as (?:before|is)|no changes?|restliche\\w*|unverändert|reste|inchangée?s?|resto|restante|sin cambios|sem alterações';
const elsewhere =
  'بقية|باقي|शेष|बाकी|остальн|без изменений|不变|其余|其他|现有|原有|省略|残り|変更なし|既存|나머지|기존';
const leading = '^[^\\p{L}\\p{N}.…]*(?:\\.{3,}|…)';
// linear: it is long, but repeats only words, or begins where the text begins.
const mentions = new RegExp(`${leading}|\\b(?:${words})\\b|${elsewhere}`, 'iu');
// linear: it begins where the text begins.
const namesRest = new RegExp(`${leading}\\s*(?:(?:the|your|all) )*(?:${words}|${elsewhere})`, 'iu');
const begins = new RegExp(leading, 'u');
const dots = /^[\s([{<]*(?:\.{3,}|…)[\s)\]}>;,]*$/;
/** A body that is a comment, or dots, and nothing else. */
const emptyBody = /\{\s*(?:\0+|\.{3,}|…)\s*\}/;

/**
 * The first comment, or dots, that takes the place of lines of the selection which are gone: nothing else came for
 * them there. A comment that stands above new code speaks of that.
 */
export function omissionIn(lines: readonly CodeLine[], original: Original): string | undefined {
  const old = original.old.lines.filter(({ text }) => !isBlank(text));
  const now = lines.filter(({ text }) => !isBlank(text));
  const of = align(old.map(comparable), now.map(comparable));
  const isEnded = new Set(lines.filter((_line, index) => isBlank(lines[index + 1]?.text ?? '')));
  const gaps = gapsOf(old, now, of);
  const isLossy = gaps.some(({ lost }) => lost > 0);
  for (const { lost, gained, from, to } of gaps) {
    for (let at = from; at < to; at++) {
      const line = now[at];
      if (!line || !mayStandFor(line, of[at], old, original)) continue;
      const comment = line.text.trim();
      if (namesRest.test(comment) || isFramed(comment)) return comment;
      const isMention = mentions.test(comment) || emptyBody.test(line.code) || dots.test(comment);
      const next = now.findIndex((other, index) => index > at && !isComment(other));
      const headed = standsAbove(
        line,
        now[next],
        of[next],
        now.slice(at, next).some((other) => isEnded.has(other)),
      );
      const isPlaced = isMention || (lost > 1 && (gained === 0 || shareNames(now[from], old[of[from] ?? -1])));
      if (headed === 'nothing' && lost > gained && isPlaced) return comment;
      if (headed === 'old' && lost > gained && (lost > 1 || isMention)) return comment;
      if (isMention && isLossy && (headed !== 'new' || lost >= gained)) return comment;
    }
  }
  return undefined;
}

/** Whether dots begin and end what a comment says. */
function isFramed(comment: string): boolean {
  const end = Math.max(comment.lastIndexOf('...') + 3, comment.lastIndexOf('…') + 1);
  const isLast = end > 2 && !/[\p{L}\p{N}]/u.test(comment.slice(end));
  return isLast && begins.test(comment) && /\p{L}/u.test(comment);
}

/** Whether a line that still comes mentions code that is left out, as far as it alone tells. */
export function mayStandForCode(line: CodeLine, { known }: Original): boolean {
  const text = line.text.trim();
  if (known.has(text) || line.inside === 'string') return false;
  const isAlone = isComment(line) || emptyBody.test(line.code) || !hasContent(line);
  return isAlone && (dots.test(text) || (mentions.test(text) && line.tokens.some(({ kind }) => kind === 'comment')));
}

/** What tells whether two lines are the same. A comment is like itself alone, so it has no words to be compared by. */
function comparable(line: CodeLine): string {
  if (isComment(line)) return line.text.trim().replaceAll(/[\p{L}\p{N}_$]/gu, withoutWord);
  return line.tokens
    .map(({ start, end, kind }) => (kind === 'comment' ? '' : line.text.slice(start, end)))
    .join('')
    .trim();
}

/** The letter as a character for private use, which is no letter. */
function withoutWord(letter: string): string {
  return String.fromCodePoint(0xf_0000 + ((letter.codePointAt(0) ?? 0) & 0xffff));
}

interface Gap {
  /** Of the new lines: between those that are old ones, together with the one before. */
  readonly from: number;
  readonly to: number;
  /** How many lines that say something are gone, and how many came. */
  readonly lost: number;
  readonly gained: number;
}

function gapsOf(
  old: readonly CodeLine[],
  now: readonly CodeLine[],
  of: readonly (number | undefined)[],
): readonly Gap[] {
  const gaps: Gap[] = [];
  const said = new Set(now.filter(isComment).map(({ text }) => wordsOnly(text)));
  const words = new Set(now.flatMap(({ code }) => wordsIn(code)));
  const isGone = (line: CodeLine): boolean => hasContent(line) && !said.has(wordsOnly(line.text));
  let [from, next] = [0, 0];
  for (let at = 0; at <= now.length; at++) {
    const place = at === now.length ? old.length : of[at];
    if (place === undefined) continue;
    const pair = old[of[from] ?? -1];
    const most = emptyBody.test(now[from]?.code ?? '') ? 0 : 1;
    const isCut = pair !== undefined && wordsIn(pair.code).filter((word) => !words.has(word)).length > most;
    const lost = old.slice(next, place).filter(isGone).length + (isCut ? 1 : 0);
    const gained = now
      .slice(from, at)
      .filter((line, index) => of[from + index] === undefined && hasContent(line)).length;
    gaps.push({ from, to: at, lost, gained });
    [from, next] = [at, place + 1];
  }
  return gaps;
}

/** Whether a line is a comment or dots that the selection does not have, or has nothing but that for a body. */
function mayStandFor(line: CodeLine, of: number | undefined, old: readonly CodeLine[], { known }: Original): boolean {
  const text = line.text.trim();
  if (of !== undefined && old[of]?.text.trim() === text) return false;
  if (emptyBody.test(line.code)) return !old.some(({ code }) => emptyBody.test(code));
  if (of !== undefined) return false;
  if (isComment(line) || (dots.test(line.code) && line.inside !== 'string') || dots.test(text)) return !known.has(text);
  if (line.tokens.some(({ kind }) => kind === 'comment') && !hasContent(line)) return true;
  return (
    !known.has(text) &&
    mentions.test(text) &&
    /^(?:\[.*\]|\(.*\)|[*_].*[*_]|(?:#|\/\/|--|<!--|\/\*) ?.*)$/.test(text) &&
    line.inside !== 'string'
  );
}

/** What a comment is the heading of: code that is new, code that was there, or nothing. */
function standsAbove(
  line: CodeLine,
  next: CodeLine | undefined,
  of: number | undefined,
  isEnded: boolean,
): 'new' | 'old' | 'nothing' {
  if (!next || emptyBody.test(line.code) || !hasContent(next)) return 'nothing';
  if (isEnded || indentOf(next.text).length < indentOf(line.text).length) return 'nothing';
  return of === undefined ? 'new' : 'old';
}

/** Whether a line says more than keywords and brackets do. */
function hasContent(line: CodeLine): boolean {
  return (
    !isComment(line) &&
    line.tokens.some(
      ({ start, end, kind }) =>
        kind !== 'comment' &&
        /\p{N}|^[^\p{L}]*\p{L}/u.test(line.text.slice(start, end)) &&
        (kind !== 'keyword' || namesIn(line.text.slice(start, end)).length > 0),
    )
  );
}

/** Whether two lines have a name in common; keywords are alike in many. */
function shareNames(a: CodeLine | undefined, b: CodeLine | undefined): boolean {
  const names = new Set(a ? namesOf(a) : []);
  return b !== undefined && namesOf(b).some((name) => names.has(name));
}

function namesOf({ text, tokens }: CodeLine): readonly string[] {
  return namesIn(tokens.map(({ start, end, kind }) => (kind === 'keyword' ? ' ' : text.slice(start, end))).join(''));
}

function wordsOnly(text: string): string {
  return wordsIn(text).join(' ');
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}
