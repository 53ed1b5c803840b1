import { isBlank, splitLines } from './lines.ts';
import type { Change } from './patch.ts';
import type { ReplyTarget } from './target.ts';

/**
 * The selection after the changes.
 *
 * @returns `undefined` unless each change is found exactly once, whole lines and white space included, and nothing
 * outside the selection changes
 */
export function applyPatch(changes: readonly Change[], target: ReplyTarget): string | undefined {
  const { document, start, end } = target;
  const lines = splitLines(document);
  const starts = lineStarts(document);
  const lineEnd = (line: number) => (starts[line] ?? 0) + (lines[line] ?? '').length;
  const edits: { from: number; to: number; text: string }[] = [];
  for (const change of changes) {
    const at = locate(change, lines, starts, target);
    if (at === undefined) return undefined;
    const head = sharedHead(change);
    const tail = sharedTail(change, head);
    const find = change.find.slice(head, change.find.length - tail);
    const replace = change.replace.slice(head, change.replace.length - tail);
    const first = at + head;
    if (find.length > 0 && replace.length > 0) {
      edits.push({ from: starts[first] ?? 0, to: lineEnd(first + find.length - 1), text: replace.join('\n') });
    } else if (find.length > 0) {
      const next = starts[first + find.length];
      const from = next === undefined && first > 0 ? lineEnd(first - 1) : (starts[first] ?? 0);
      edits.push({ from, to: next ?? document.length, text: '' });
    } else if (replace.length > 0) {
      const offset = starts[first];
      const text = replace.join('\n');
      const above = first > 0 ? lineEnd(first - 1) : undefined;
      // Lines behind the last of a selection that does not have its line break.
      const isBehindEnd = above === end && start < end;
      edits.push(
        offset === undefined || isBehindEnd
          ? { from: above ?? 0, to: above ?? 0, text: `\n${text}` }
          : { from: offset, to: offset, text: `${text}\n` },
      );
    }
  }
  edits.sort((a, b) => a.from - b.from);
  return written(edits, document, start, end, target.eol);
}

function written(
  edits: readonly { readonly from: number; readonly to: number; readonly text: string }[],
  document: string,
  start: number,
  end: number,
  eol: string,
): string | undefined {
  let text = '';
  let at = start;
  for (const edit of edits) {
    if (edit.from < at || edit.to > end) return undefined;
    text += document.slice(at, edit.from) + edit.text.replaceAll('\n', eol);
    at = edit.to;
  }
  return text + document.slice(at, end);
}

/** Index of the only line where the change can be meant. */
function locate(
  { find, line }: Change,
  lines: readonly string[],
  starts: readonly number[],
  { document, start, end }: ReplyTarget,
): number | undefined {
  if (find.every(isBlank)) return document.trim() === '' && lines.length === 1 ? 0 : undefined;
  const found: number[] = [];
  for (let at = 0; at + find.length <= lines.length; at++) {
    if (find.every((text, index) => lines[at + index] === text)) found.push(at);
  }
  if (found.length === 1) return found[0];
  const selected = found.filter((at) => (starts[at] ?? 0) >= start && (starts[at + find.length - 1] ?? 0) < end);
  if (selected.length === 1) return selected[0];
  return line !== undefined && found.includes(line) ? line : undefined;
}

function sharedHead({ find, replace }: Change): number {
  let count = 0;
  while (count < find.length && count < replace.length && find[count] === replace[count]) count++;
  return count;
}

function sharedTail({ find, replace }: Change, head: number): number {
  let count = 0;
  const most = Math.min(find.length, replace.length) - head;
  while (count < most && find.at(-1 - count) === replace.at(-1 - count)) count++;
  return count;
}

function lineStarts(document: string): number[] {
  const starts = [0];
  for (const lineBreak of document.matchAll(/\r\n|\r|\n/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return starts;
}
