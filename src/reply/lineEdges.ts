import { essence, isBlank, splitLines, wordsOf } from './lines.ts';
import type { Surroundings } from './target.ts';

/**
 * The code without what stands on the selection's own lines outside it, where the reply has those lines whole, and
 * without quotes, a `;`, `,` or `:` that stand there already.
 */
export function withoutLineEdges(code: string, around: Surroundings, isTrimmed: boolean): string | undefined {
  const { selection, suffix } = around;
  const quoted = withoutQuotes(code.trim(), around);
  if (quoted !== undefined) return quoted;
  const [start = '', ...others] = splitLines(code.trimStart());
  const ownStart = withoutLead(start, around);
  if (ownStart === undefined) return undefined;
  const repeatsLine = isTrimmed || ownStart !== start;
  const text = ownStart === start ? code : code.trimStart().slice(start.length - ownStart.length);
  const trail = suffix.trimEnd();
  if (trail === '' || selection.endsWith(trail)) return text;
  // A line that is whole ends there: what follows is from below the selection.
  if (ownStart !== start && !selection.includes('\n') && ownStart.endsWith(trail) && !others.every(isBlank)) {
    return isFrom(others, around.after) ? ownStart.slice(0, -trail.length) : undefined;
  }
  const end = text.trimEnd();
  if (end.endsWith(trail) && (repeatsLine || wordsOf(trail).length > 0)) return end.slice(0, -trail.length);
  const last = end.at(-1) ?? '';
  const next = trail.trimStart().charAt(0);
  // What stands behind the selection goes on with its statement, unless a block ends there or a comment follows.
  const isEnded = last === ';' && !/^(?:\}|\/\/|\/\*|#|--)/.test(trail.trimStart());
  const doubled = isEnded || ((last === ',' || last === ':') && next === last);
  return doubled && !selection.trimEnd().endsWith(last) ? end.slice(0, -1) : text;
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
  const words = lead.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+/gu) ?? [];
  const last = words.slice(-2).join(' ');
  const spaced = (text: string) => ` ${(text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+/gu) ?? []).join(' ')} `;
  return (
    words.length > 1 &&
    wordsOf(last).length > 0 &&
    spaced(line).includes(` ${last} `) &&
    !spaced(selection).includes(` ${last} `)
  );
}
