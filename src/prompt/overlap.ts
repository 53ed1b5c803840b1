import { essence, isBlank, splitLines, wordsOf } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { type Surroundings, surroundingsOf } from './target.ts';

/**
 * Code without the lines around the selection that a model repeated with it.
 *
 * @returns `undefined` when it repeats some of them, but not exactly enough to tell where they end
 */
export function withoutSurroundings(code: string, target: ReplyTarget): string | undefined {
  const around = surroundingsOf(target);
  const lines = splitLines(code);
  const head = repeatedHead(lines, around);
  const rest = lines.slice(head);
  const tail = repeatedTail(rest, around);
  const kept = rest.slice(0, rest.length - tail);
  if (kept.every(isBlank)) return undefined;
  if (head === 0 && startsAbove(kept, around)) return undefined;
  if (tail === 0 && endsBelow(kept, around)) return undefined;
  return withoutLineEdges(kept.join('\n'), around, head > 0);
}

/** How many of the code's first lines are the last before the selection, blank ones beside them included. */
function repeatedHead(lines: readonly string[], { selection, prefix, before }: Surroundings): number {
  const previous = before.filter((line) => !isBlank(line)).map((line) => line.trim());
  if (!isBlank(prefix)) return 0;
  const own = essence(selection);
  const shown = lines.map((line, index) => ({ text: line.trim(), index })).filter(({ text }) => text !== '');
  for (let count = Math.min(shown.length, previous.length); count > 0; count--) {
    const start = previous.length - count;
    const repeated = shown.slice(0, count);
    if (!repeated.every(({ text }, index) => text === previous[start + index])) continue;
    if (!isTelling(repeated.map(({ text }) => text)) || own[0] === repeated[0]?.text) continue;
    return shown[count]?.index ?? lines.length;
  }
  return 0;
}

/** How many of the code's last lines are the first after the selection. */
function repeatedTail(lines: readonly string[], { selection, suffix, after }: Surroundings): number {
  if (!isBlank(suffix)) return 0;
  const mirrored: Surroundings = {
    selection: selection.split('\n').toReversed().join('\n'),
    prefix: '',
    suffix: '',
    before: after.toReversed(),
    after: [],
  };
  return repeatedHead(lines.toReversed(), mirrored);
}

/** Whether lines say enough to be recognised: closing brackets are alike everywhere. */
function isTelling(lines: readonly string[]): boolean {
  return lines.some(
    (line) =>
      line.length >= 6 &&
      /\p{L}{2}/u.test(line) &&
      !/^(?:end|else|return|break|pass|try|finally|default|do|done|then|begin)\b\W*$/.test(line),
  );
}

/** Whether the code begins with lines from before the selection that it changed on the way. */
function startsAbove(lines: readonly string[], { selection, before }: Surroundings): boolean {
  const shown = lines.map((line) => line.trim()).filter((line) => line !== '');
  const previous = before.map((line) => line.trim()).filter((line) => line !== '');
  const own = new Set(essence(selection));
  const first = shown[0];
  if (first === undefined || own.has(first) || !isTelling([first])) return false;
  const at = previous.lastIndexOf(first);
  if (at === -1) return false;
  const passed = previous.slice(at).filter((line) => isTelling([line]) && !own.has(line));
  const known = new Set(shown);
  const repeated = passed.filter((line) => known.has(line)).length;
  return repeated >= 2 && repeated * 2 >= passed.length;
}

function endsBelow(lines: readonly string[], { selection, after }: Surroundings): boolean {
  const mirrored = { selection, prefix: '', suffix: '', before: after.toReversed(), after: [] };
  return startsAbove(lines.toReversed(), mirrored);
}

/**
 * The code without what stands on the selection's own lines outside it, where the reply has those lines whole, and
 * without a `;` or `,` that stands there already.
 */
function withoutLineEdges(
  code: string,
  { selection, prefix, suffix }: Surroundings,
  trimmed: boolean,
): string | undefined {
  const lead = prefix.trimStart();
  let text = code;
  let repeatsLine = trimmed;
  if (wordsOf(lead).length > 0 && !selection.trimStart().startsWith(lead.trim())) {
    const trimmedCode = text.trimStart();
    if (trimmedCode.startsWith(lead)) {
      text = trimmedCode.slice(lead.length);
      repeatsLine = true;
    } else if (repeatsWords(lead, splitLines(trimmedCode)[0] ?? '', selection)) return undefined;
  }
  const trail = suffix.trimEnd();
  if (trail === '' || selection.endsWith(trail)) return text;
  const end = text.trimEnd();
  if (end.endsWith(trail) && (repeatsLine || wordsOf(trail).length > 0)) return end.slice(0, -trail.length);
  const last = end.at(-1) ?? '';
  const next = trail.trimStart().charAt(0);
  const doubled = (last === ';' && ';),]'.includes(next)) || (last === ',' && next === ',');
  return doubled && !selection.trimEnd().endsWith(last) ? end.slice(0, -1) : text;
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
