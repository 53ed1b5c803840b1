import { withoutLineEdges } from './lineEdges.ts';
import { essence, indentOf, isBlank, splitLines, wordsOf } from './lines.ts';
import { closesTwice, isInPair, startsDocument } from './repeatedLines.ts';
import type { ReplyTarget } from './reply.ts';
import { closesWithWords, type Surroundings, surroundingsOf } from './target.ts';

/**
 * Code without the lines around the selection that a model repeated with it.
 *
 * @returns `undefined` when it repeats some of them, but not exactly enough to tell where they end
 */
export function withoutSurroundings(code: string, target: ReplyTarget): string | undefined {
  const around = surroundingsOf(target);
  const whole = splitLines(isJson(target) ? jsonMembers(code, around) : code);
  const lines = startsAbove(whole, around) || repeatedHead(whole, around) > 0 ? whole : unwrapped(whole, around);
  const betweenLines = target.start === target.end ? linesAtCursor(around) : undefined;
  if (betweenLines) {
    const { kept, head, tail } = trimmed(lines, betweenLines);
    // The line break tells that the code is no part of the line in which the cursor stands.
    if (head + tail > 0) return kept.every(isBlank) ? undefined : `\n${kept.join('\n')}`;
  }
  if (repeatsOwnLine(lines, around) || isWholeDocument(lines, target)) return undefined;
  const { kept, head, tail } = trimmed(lines, around);
  if (kept.every(isBlank)) return undefined;
  const repeated = [...lines.slice(0, head), ...lines.slice(head + kept.length)];
  if (target.start < target.end && mayBeNew(repeated)) return undefined;
  if (head === 0 && (startsAbove(kept, around) || startsDocument(kept, around))) return undefined;
  if (tail === 0 && endsBelow(kept, around)) return undefined;
  if (head + tail === 0 && isInPair(kept, around)) return undefined;
  if (closesWithWords(target.languageId) && closesTwice(kept)) return undefined;
  const own = withoutLineEdges(kept.join('\n'), around, head > 0);
  if (own !== undefined && isTornOff(own, around)) return undefined;
  return own !== undefined && isJson(target) ? withComma(own, around) : own;
}

function isJson({ languageId }: ReplyTarget): boolean {
  return languageId === 'json' || languageId === 'jsonc';
}

/** Whether the brace with which code begins stands around members of a JSON object that are selected without it. */
export function isJsonBrace(line: string, target: ReplyTarget): boolean {
  return isJson(target) && line.trim() === '{' && /^\s*"/.test(target.document.slice(target.start, target.end));
}

/** Members of a JSON object without braces around them that the selection does not have. */
function jsonMembers(code: string, { selection }: Surroundings): string {
  const inner = /^\s*\{[ \t]*\n([\s\S]*\S)\s*\}\s*$/.exec(code)?.[1];
  return inner !== undefined && /^\s*"/.test(selection) && depthOf(inner) === 0 ? inner : code;
}

/** Members of a JSON object with the comma that what follows needs, or without. */
function withComma(code: string, { selection, suffix, after }: Surroundings): string {
  const next = [suffix, ...after].join('\n').trimStart().charAt(0);
  const end = code.trimEnd();
  const hadComma = selection.trimEnd().endsWith(',');
  if (!hadComma && end.endsWith(',') && '}]'.includes(next) && next !== '') return end.slice(0, -1);
  return hadComma && !end.endsWith(',') && next === '"' ? `${end},` : code;
}

/**
 * Code without the head of a block that stands around the selection, and its end, where a model wrote the code inside
 * of it: a method with its class.
 */
function unwrapped(lines: readonly string[], around: Surroundings): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  const head = lines[first];
  if (head === undefined || !isTelling([head.trim()]) || !headsAround(around).has(headOf(head))) return lines;
  const depth = indentOf(head).length;
  const below = lines.slice(first + 1);
  const rest = below[0]?.trim() === '{' ? below.slice(1) : below;
  const outside = rest.findIndex((line) => !isBlank(line) && indentOf(line).length <= depth);
  const inner = outside === -1 ? rest : rest.slice(0, outside);
  const end = outside === -1 ? [] : rest.slice(outside).filter((line) => !isBlank(line));
  const isWhole = end.length === 0 || (end.length === 1 && /^\s*(?:\}[;,]?|end)\s*$/.test(end[0] ?? ''));
  return isWhole && !inner.every(isBlank) ? unwrapped(inner, around) : lines;
}

/** The first lines of the blocks in which the selection stands. */
export function headsAround({ selection, prefix, before }: Surroundings): ReadonlySet<string> {
  const heads = new Set<string>();
  if (!isBlank(prefix)) return heads;
  const first = prefix + (splitLines(selection).find((line) => !isBlank(line)) ?? '');
  let depth = indentOf(first).length;
  let isBrace = false;
  for (const line of before.toReversed()) {
    if (isBlank(line) || (!isBrace && indentOf(line).length >= depth)) continue;
    depth = indentOf(line).length;
    isBrace = line.trim() === '{';
    if (!isBrace) heads.add(headOf(line));
  }
  return heads;
}

/** The line that begins a block, without its brace, which may stand on a line of its own. */
export function headOf(line: string): string {
  const text = line.trim();
  return text.endsWith('{') ? text.slice(0, -1).trimEnd() : text;
}

/** Whether several lines for a part of one hold that line, or begin above it: they are more than the part. */
function repeatsOwnLine(lines: readonly string[], { selection, prefix, before }: Surroundings): boolean {
  const shown = lines.filter((line) => !isBlank(line));
  const [first, ...others] = shown;
  const lead = prefix.trim();
  if (first === undefined || others.length === 0 || wordsOf(lead).length === 0 || selection.includes('\n'))
    return false;
  if (isTelling([first.trim()]) && before.some((line) => line.trim() === first.trim())) return true;
  const depth = indentOf(first).length;
  return others.some((line) => indentOf(line).length <= depth && line.trim().startsWith(lead));
}

/** Whether code begins as only whole documents do. */
export function isWholeDocument(lines: readonly string[], { document, start }: ReplyTarget): boolean {
  const first = lines.find((line) => !isBlank(line))?.trim() ?? '';
  const isHead = /^(?:<!doctype\b|<\?xml\b|<html\b)/i.test(first);
  return isHead && document.slice(0, start).trim() !== '' && !document.slice(start).includes(first);
}

function trimmed(lines: readonly string[], around: Surroundings) {
  const head = repeatedHead(lines, around);
  const rest = lines.slice(head);
  const surplus = head > 0 ? surplusClosers(rest, around) : 0;
  const tail = Math.max(repeatedTail(rest, around), closersBelow(rest, around), surplus);
  const kept = rest.slice(0, rest.length - tail);
  return isInside(rest.slice(kept.length), kept, around) ? { kept: rest, head, tail: 0 } : { kept, head, tail };
}

/** Whether lines that are also below the selection stand inside a block of the code: then they are its own. */
function isInside(
  tail: readonly string[],
  kept: readonly string[],
  { selection, prefix, after }: Surroundings,
): boolean {
  const depth = depthOf(selection);
  if (depthOf(kept.join('\n')) !== depth && depthOf([...kept, ...tail].join('\n')) === depth) return true;
  const own = splitLines(selection);
  if (prefix !== '' || isBlank(selection)) return false;
  const isDeeper = firstIndent(tail) > firstIndent(kept);
  return isDeeper && firstIndent(after) <= firstIndent(own);
}

function firstIndent(lines: readonly string[]): number {
  return indentOf(lines.find((line) => !isBlank(line)) ?? '').length;
}

/** What stands around a cursor at the start or the end of a line, that line included. */
function linesAtCursor(around: Surroundings): Surroundings | undefined {
  const { prefix, suffix, before, after } = around;
  if (isBlank(prefix) === isBlank(suffix)) return undefined;
  return isBlank(suffix)
    ? { ...around, prefix: '', suffix: '', before: [...before, prefix] }
    : { ...around, prefix: '', suffix: '', after: [suffix, ...after] };
}

/** How many of the code's first lines are the last before the selection, blank ones beside them included. */
export function repeatedHead(lines: readonly string[], { selection, prefix, before }: Surroundings): number {
  const previous = before.filter((line) => !isBlank(line)).map((line) => line.trim());
  if (!isBlank(prefix)) return 0;
  const own = essence(selection);
  const shown = lines.map((line, index) => ({ text: line.trim(), index })).filter(({ text }) => text !== '');
  for (let count = Math.min(shown.length, previous.length); count > 0; count--) {
    const start = previous.length - count;
    const repeated = shown.slice(0, count);
    if (!repeated.every(({ text }, index) => text === previous[start + index])) continue;
    const texts = repeated.map(({ text }) => text);
    if (!isTelling(texts) || startsAlike(own, texts)) continue;
    return shown[count]?.index ?? lines.length;
  }
  return 0;
}

/** Whether two texts begin alike, up to the first line that says something. */
function startsAlike(own: readonly string[], lines: readonly string[]): boolean {
  const telling = lines.findIndex((line) => isTelling([line]));
  return lines.slice(0, telling + 1).every((line, index) => own[index] === line);
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

/** Whether lines that stand beside the selection may be meant to stand there twice: a lone statement may. */
function mayBeNew(repeated: readonly string[]): boolean {
  const [line, ...others] = repeated.filter((text) => !isBlank(text));
  return line !== undefined && others.length === 0 && depthOf(line) === 0 && !/:\s*$/.test(line);
}

/** How many closing lines at the end are those after the selection: they close what the code does not open. */
function closersBelow(lines: readonly string[], { selection, suffix, after }: Surroundings): number {
  if (!isBlank(suffix)) return 0;
  const following = after.map((line) => line.trim()).filter((line) => line !== '');
  const shown = lines.map((line, index) => ({ text: line.trim(), index })).filter(({ text }) => text !== '');
  for (let count = 1; count < shown.length && count <= following.length; count++) {
    const repeated = shown.slice(-count);
    if (!repeated.every(({ text }, index) => text === following[index] && /^[)\]}]+[;,]?$/.test(text))) return 0;
    const at = repeated[0]?.index ?? lines.length;
    if (depthOf(lines.slice(0, at).join('\n')) === depthOf(selection)) {
      return depthOf(lines.join('\n')) < depthOf(selection) ? lines.length - at : 0;
    }
  }
  return 0;
}

/** How many closing lines at the end close what the code does not open: its opening line was repeated, too. */
function surplusClosers(lines: readonly string[], { selection }: Surroundings): number {
  const depth = depthOf(selection);
  let kept = lines.length;
  while (kept > 0 && depthOf(lines.slice(0, kept).join('\n')) < depth) {
    const last = lines.slice(0, kept).findLastIndex((line) => !isBlank(line));
    if (!/^\s*[)\]}]+[;,]?\s*$/.test(lines[last] ?? '')) return 0;
    kept = last;
  }
  return lines.length - kept;
}

/** How many brackets are opened more than closed. */
function depthOf(code: string): number {
  return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
}

/** Whether the selection has one end of a pair of braces, like that of `} else {`, and the code not. */
function isTornOff(code: string, { selection }: Surroundings): boolean {
  const count = (text: string): number => text.split('{').length - text.split('}').length;
  return count(selection) !== 0 && count(code) !== count(selection);
}

/** Whether lines say enough to be recognised: closing brackets are alike everywhere. */
export function isTelling(lines: readonly string[]): boolean {
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
