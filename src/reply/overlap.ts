import { headOf, headsAround, isTelling } from './heads.ts';
import { withoutLineEdges } from './lineEdges.ts';
import { essence, indentOf, isBlank, similarity, splitLines, wordsOf } from './lines.ts';
import { closesTwice, isInPair, startsDocument } from './repeatedLines.ts';
import type { ReplyTarget } from './target.ts';
import type { Original } from './original.ts';
import { outsideIn } from './outside.ts';
import { closesWithWords, type Surroundings } from './target.ts';

/**
 * What code may be without the lines around the selection that a model repeated with it, the likeliest first. None
 * where it repeats some of them, but not exactly enough to tell where they end.
 */
export function readingsOf(code: string, original: Original): readonly string[] {
  const { target, around } = original;
  const whole = splitLines(isJson(target) ? jsonMembers(code, around) : code);
  const own = withoutPair(whole, around) ?? withoutFileHead(whole, original);
  const inner = unwrapped(own, around);
  return (inner === own ? [own] : [own, inner]).flatMap((lines) => cutDown(lines, original) ?? []);
}

function cutDown(lines: readonly string[], original: Original): string | undefined {
  const { target, around } = original;
  const betweenLines = target.start === target.end ? linesAtCursor(around) : undefined;
  if (betweenLines) {
    const { kept, head, tail } = trimmed(lines, betweenLines);
    // The line break tells that the code is no part of the line in which the cursor stands.
    if (head + tail > 0) return kept.every(isBlank) ? undefined : `\n${kept.join('\n')}`;
  }
  if (repeatsOwnLine(lines, around)) return undefined;
  const { kept, head, tail } = trimmed(lines, around);
  if (kept.every(isBlank)) return undefined;
  const repeated = [...lines.slice(0, head), ...lines.slice(head + kept.length)];
  if (target.start < target.end && mayBeNew(repeated, kept, around)) return undefined;
  if (
    outsideIn(kept, original, { isAbove: head === 0, isBelow: tail === 0 }) !== undefined ||
    (head === 0 && startsDocument(kept, around))
  )
    return undefined;
  if (head + tail === 0 && isInPair(kept, around)) return undefined;
  if (tail > 0 && head === 0 && beginsAbove(kept, original.own)) return undefined;
  if (closesWithWords(target.languageId) && closesTwice(kept)) return undefined;
  const own = withoutLineEdges(kept.join('\n'), around, head > 0);
  if (own !== undefined && isTornOff(own, around)) return undefined;
  return own !== undefined && isJson(target) ? withComma(own, around) : own;
}

/** Whether the second line is what the selection begins with, and the first another: that of above, with changes. */
function beginsAbove(kept: readonly string[], own: readonly string[]): boolean {
  const [first = '', second = ''] = kept.filter((line) => !isBlank(line));
  return own[0] !== undefined && similarity(first, own[0]) < 0.3 && similarity(second, own[0]) >= 0.5;
}

/** Code without the document's own first lines, where it goes on as the selection begins. */
function withoutFileHead(lines: readonly string[], { around, own }: Original): readonly string[] {
  const top = essence(around.before.join('\n'));
  const shown = [...lines.keys()].filter((index) => !isBlank(lines[index] ?? ''));
  const text = (place: number): string => lines[shown[place] ?? -1]?.trim() ?? '';
  let count = 0;
  while (count < shown.length && count < top.length && text(count) === top[count]) count++;
  // Those are next to the selection.
  if (count > 1 && count === top.length) return lines;
  const isOwn = count > 0 && own[0] !== undefined && similarity(text(count), own[0]) >= 0.5;
  const isBlock = firstIndent([around.prefix + around.selection]) > 0;
  return isOwn && !own.includes(text(0)) && !isBlock && isBlank(around.prefix) ? lines.slice(shown[count]) : lines;
}

/** Code without the two lines that the selection is between, where one of them opens what the other closes. */
function withoutPair(
  lines: readonly string[],
  { selection, prefix, suffix, before, after }: Surroundings,
): readonly string[] | undefined {
  if (isBlank(selection) || !isBlank(prefix + suffix)) return undefined;
  const [first, last] = [lines.findIndex((line) => !isBlank(line)), lines.findLastIndex((line) => !isBlank(line))];
  const [above, below] = [before.findLast((line) => !isBlank(line)), after.find((line) => !isBlank(line))];
  const [head = '', tail = ''] = [lines[first]?.trim(), lines[last]?.trim()];
  if (last <= first + 1 || head !== above?.trim() || tail !== below?.trim()) return undefined;
  const inner = lines.slice(first + 1, last);
  const isPair = depthOf(head) > 0 && depthOf(head) + depthOf(tail) === 0;
  return isPair && depthOf(inner.join('\n')) === depthOf(selection) ? inner : undefined;
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

function trimmed(lines: readonly string[], around: Surroundings) {
  const head = repeatedHead(lines, around);
  const rest = lines.slice(head);
  const surplus = head > 0 ? surplusClosers(rest, around) : 0;
  const ended = head > 0 ? closingWord(rest, lines[0] ?? '', around) : 0;
  const tail = Math.max(repeatedTail(rest, around), closersBelow(rest, around), surplus, ended);
  const kept = rest.slice(0, rest.length - tail);
  return isInside(rest.slice(kept.length), kept, around) ? { kept: rest, head, tail: 0 } : { kept, head, tail };
}

/** 1 where the last line is the word that ends the block whose head was repeated, as below the selection. */
function closingWord(rest: readonly string[], head: string, { after }: Surroundings): number {
  const last = rest.findLast((line) => !isBlank(line)) ?? '';
  const below = after.find((line) => !isBlank(line))?.trim();
  const isEnd = /^(?:end|fi|done|esac)$/.test(last.trim()) && last.trim() === below;
  return isEnd && indentOf(last).length <= indentOf(head).length ? 1 + (rest.length - 1 - rest.lastIndexOf(last)) : 0;
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
    if (shown[0]?.text !== previous[start]) continue;
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

/** Whether lines that are next to the selection may be meant to be there twice: a lone statement may. */
function mayBeNew(repeated: readonly string[], kept: readonly string[], { selection, prefix }: Surroundings): boolean {
  const [line = '', ...others] = repeated.filter((text) => !isBlank(text));
  const isHead = firstIndent(kept) > indentOf(line).length && firstIndent([prefix + selection]) > indentOf(line).length;
  const isStatement = line !== '' && depthOf(line) === 0 && !/:\s*$/.test(line) && !annotation.test(line);
  return isStatement && !isHead && others.length === 0;
}

/** What belongs to the line below it: nobody wants it twice. */
const annotation = /^\s*(?:@|#!?\[|\[[A-Z]|\/\/|\/\*|#+ )/;

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
  let depth = 0;
  for (const character of code) {
    if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === ')' || character === ']' || character === '}') depth--;
  }
  return depth;
}

/** Whether the selection has one end of a pair of braces, like that of `} else {`, and the code not. */
function isTornOff(code: string, { selection }: Surroundings): boolean {
  const count = (text: string): number => text.split('{').length - text.split('}').length;
  return count(selection) !== 0 && count(code) !== count(selection);
}
