import { essence, indentOf, isBlank, splitLines, wordsOf } from './lines.ts';
import type { Surroundings } from './target.ts';

/**
 * The code without what stands on the selection's own lines outside it, where the reply has those lines whole, and
 * without quotes, a `;`, `,` or `:` that stand there already.
 */
export function withoutLineEdges(code: string, around: Surroundings, isTrimmed: boolean): string | undefined {
  const { selection, prefix, suffix } = around;
  const quoted = withoutQuotes(code.trim(), around);
  if (quoted !== undefined) return quoted;
  const [start = '', ...others] = splitLines(code.trimStart());
  const ownStart = withoutLead(start, around);
  if (ownStart === undefined) return undefined;
  const repeatsLine = ownStart !== start;
  const text = repeatsLine ? code.trimStart().slice(start.length - ownStart.length) : code;
  const trail = suffix.trimEnd();
  const isInLine = !selection.includes('\n') && (/[^\s;{}]\s*$/.test(prefix) || wordsOf(trail).length > 0);
  if (trail === '' || selection.endsWith(trail)) return isInLine && isSeveral(text) && !repeatsLine ? undefined : text;
  // A line that is whole ends there: what follows is from below the selection.
  if (repeatsLine && !selection.includes('\n') && ownStart.endsWith(trail) && !others.every(isBlank)) {
    return isFrom(others, around.after) ? ownStart.slice(0, -trail.length) : undefined;
  }
  const end = text.trimEnd();
  if (end.endsWith(trail) && (repeatsLine || isTrimmed || wordsOf(trail).length > 0))
    return end.slice(0, -trail.length);
  if (repeatsLine && wordsOf(trail).length > 0) return undefined;
  if (repeatsTrail(trail, end, selection) || (isInLine && isSeveral(text))) return undefined;
  const last = end.at(-1) ?? '';
  const next = trail.trimStart().charAt(0);
  // What stands behind the selection goes on with its statement, unless a block ends there or a comment follows.
  const isEnded = last === ';' && !/^(?:\}|\/\/|\/\*|#|--)/.test(trail.trimStart());
  const doubled = isEnded || ((last === ',' || last === ':') && next === last);
  return doubled && !selection.trimEnd().endsWith(last) ? end.slice(0, -1) : text;
}

/** Whether code is several statements: a line begins one as deep as the first does, with no bracket open. */
function isSeveral(code: string): boolean {
  const lines = splitLines(code).filter((line) => !isBlank(line));
  const depth = indentOf(lines[0] ?? '').length;
  let open = 0;
  return lines.some((line, index) => {
    const isNext = index > 0 && open === 0 && indentOf(line).length <= depth && /^\s*[\p{L}_$]/u.test(line);
    for (const character of line) open += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
    return isNext && !/[-+*/=,.&|?:\\([{]\s*$/.test(lines[index - 1] ?? '');
  });
}

/** What stands between the quotes of code, where the selection stands between the same; `undefined` elsewhere. */
function withoutQuotes(code: string, { selection, prefix, suffix }: Surroundings): string | undefined {
  const quote = suffix.charAt(0);
  const isQuote = quote !== '' && '"\'`'.includes(quote) && prefix.endsWith(quote) && !selection.startsWith(quote);
  const isQuoted = isQuote && code.length > 1 && code.startsWith(quote) && code.endsWith(quote);
  return isQuoted && !code.slice(1, -1).includes(quote) ? code.slice(1, -1) : undefined;
}

function isFrom(lines: readonly string[], after: readonly string[]): boolean {
  const below = essence(after.join('\n'));
  return essence(lines.join('\n')).every((line, index) => line === below[index]);
}

/**
 * The code's first line without what stands before the selection on its line, where the reply has that line whole.
 *
 * @param line without white space before it
 * @returns `undefined` where it has that with changes
 */
export function withoutLead(line: string, { selection, prefix }: Surroundings): string | undefined {
  const lead = prefix.trimStart();
  if (wordsOf(lead).length === 0 || selection.trimStart().startsWith(lead.trim())) return line;
  if (line.startsWith(lead)) return line.slice(lead.length);
  return repeatsWords(lead, line, selection) ? undefined : line;
}

/** Whether the code's first line has the two last words from before the selection, as a changed line would. */
function repeatsWords(lead: string, line: string, selection: string): boolean {
  return holdsWords(piecesOf(lead).slice(-2), line, selection);
}

/** Whether the code ends with two of the first words from after the selection, as a changed line would. */
function repeatsTrail(trail: string, code: string, selection: string): boolean {
  return holdsWords(piecesOf(trail).slice(0, 2), splitLines(code).at(-1) ?? '', selection);
}

function holdsWords(words: readonly string[], line: string, selection: string): boolean {
  const spaced = (text: string) => ` ${piecesOf(text).join(' ')} `;
  const held = ` ${words.join(' ')} `;
  return (
    words.length > 1 && wordsOf(held).length > 0 && spaced(line).includes(held) && !spaced(selection).includes(held)
  );
}

function piecesOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+/gu) ?? [];
}
