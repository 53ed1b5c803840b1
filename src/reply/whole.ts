import { align } from './alignment.ts';
import { indentOf, isBlank, wordsOf } from './lines.ts';
import type { Original } from './original.ts';
import type { CodeLine } from './syntax.ts';

/**
 * What shows that code is only a part of what the selection becomes: its beginning, some lines of it, or words about it.
 *
 * @param said the words before the code; they break a tie
 */
export function partIn(lines: readonly CodeLine[], original: Original, said: string): string | undefined {
  const old = original.old.lines.filter(({ text }) => !isBlank(text));
  const now = lines.filter(({ text }) => !isBlank(text));
  const last = now.at(-1);
  if (original.own.length === 0 || !last) return undefined;
  if (hasCode(old) && !hasCode(now) && !quotes(now, old)) return last.text.trim();
  const of = align(
    old.map(({ text }) => text.trim()),
    now.map(({ text }) => text.trim()),
  );
  if (old.length > now.length && isHead(of.at(-1), old, last)) return last.text.trim();
  const isSaid = changesLines.test(said) && old.length >= 4 && now.length * 2 <= old.length && !now.some(declares);
  return isSaid || isInner(of, old, now) ? now[0]?.text.trim() : undefined;
}

const changesLines =
  // linear: no word that it begins with can be repeated in it.
  /\b(?:only|just) (?:need |have )?(?:to )?(?:change|replace|update|modify|edit)\b|\b(?:replace|change|update|modify|edit) (?:the |this |that |only |just )*(?!these |those |all )(?:\w+ )?lines?\b|\badd (?:the following|this)(?: line)? (?:to|at|before|after|above|below|inside|in)\b|\bone-line (?:change|fix)\b/i;

function declares({ text }: CodeLine): boolean {
  return /\b(?:class|def|fn|fun|func|function|interface|struct|impl)\b/.test(text);
}

function hasCode(lines: readonly CodeLine[]): boolean {
  return lines.some(
    ({ text, code, tokens }) =>
      /[\p{L}\p{N}]/u.test(code) ||
      tokens.some(({ start, end, kind }) => kind === 'text' && !isBlank(text.slice(start, end))),
  );
}

/** Whether the comments hold most of the code that was there: it was commented out. */
function quotes(now: readonly CodeLine[], old: readonly CodeLine[]): boolean {
  const words = wordsOf(old.map(({ code }) => code).join('\n'));
  const kept = new Set(wordsOf(now.map(({ text }) => text).join('\n')));
  return words.filter((word) => kept.has(word)).length * 2 > words.length;
}

/** Whether the last line is one that had lines below it, deeper than itself. */
function isHead(of: number | undefined, old: readonly CodeLine[], last: CodeLine): boolean {
  if (of === undefined || !/[:{([]\s*$/.test(last.code)) return false;
  const [head, below] = [old[of], old[of + 1]];
  return head !== undefined && below !== undefined && indentOf(below.text).length > indentOf(head.text).length;
}

/** Whether all lines are some of those inside the block that the selection is, whose first and last line are gone. */
function isInner(of: readonly (number | undefined)[], old: readonly CodeLine[], now: readonly CodeLine[]): boolean {
  const places = of.flatMap((place) => place ?? []);
  const [first, end] = [old[0], old.at(-1)];
  if (!first || !end || places.length < now.length || places.length + 2 >= old.length) return false;
  const depth = indentOf(first.text).length;
  const isBlock = old.slice(1, -1).every(({ text }) => indentOf(text).length > depth) && old.length > 3;
  return isBlock && !places.includes(0) && (!places.includes(old.length - 1) || indentOf(end.text).length > depth);
}
