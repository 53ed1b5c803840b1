import { noteDefinition } from './footnotes.ts';
import { openFormula } from './formulas.ts';
import {
  closesFence,
  indentOf,
  isBlank,
  isHeading,
  isThematicBreak,
  listMarker,
  mayCloseFence,
  openingFence,
  type Fence,
  type ListMarker,
} from './line.ts';

/**
 * UTF-16 code units. Nobody reads a longer paragraph, list item or table. Rewriting the open end of such a paragraph
 * would take quadratic time, as parsing one with much markup does, and an endless one exhausts the stack of the
 * parser's regular expressions, so it is cut at a space.
 */
export const longestBlock = 40_000;

/** A piece of an answer that is rendered independently of the others. */
export type Block =
  /** A top-level fenced code block. `lines` only grows; `partial` is the beginning of the next one. */
  | { readonly kind: 'code'; readonly info: string; readonly lines: readonly string[]; readonly partial: string }
  /** A top-level list item; `first` begins a list, the others continue the previous one. */
  | { readonly kind: 'item'; readonly first: boolean; readonly text: string; readonly endsInCode: boolean }
  | { readonly kind: 'flow'; readonly text: string; readonly endsInCode: boolean };

type OpenBlock =
  | {
      readonly kind: 'code';
      readonly fence: Fence;
      readonly lines: string[];
      /** Number of open fences nested in it. */
      readonly depth: number;
    }
  | {
      readonly kind: 'item';
      readonly first: boolean;
      readonly marker: ListMarker;
      readonly text: string;
      readonly fence: Fence | undefined;
    }
  | {
      readonly kind: 'flow';
      readonly text: string;
      readonly indented: boolean;
      /** The closing delimiter if it is a formula. */
      readonly formula: string | undefined;
      /** Whether it is a footnote, which may have several paragraphs. */
      readonly note: boolean;
    };

interface Cursor {
  readonly open: OpenBlock | undefined;
  readonly afterBlank: boolean;
}

interface Step extends Cursor {
  readonly finished: readonly OpenBlock[];
}

/**
 * Splits growing Markdown into blocks. Each line is examined once, when it is complete, so the work is linear in the
 * text. List items are blocks of their own, because a list may be as long as the answer.
 */
export class BlockSplitter {
  readonly #finished: Block[] = [];
  #cursor: Cursor = { open: undefined, afterBlank: false };
  #line = '';

  /** Blocks that no further text can change; only grows. */
  get finished(): readonly Block[] {
    return this.#finished;
  }

  push(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#line += text.slice(from, end);
      this.#cutLine();
      this.#take(this.#line);
      this.#line = '';
      from = end + 1;
    }
    this.#line += text.slice(from);
    this.#cutLine();
  }

  /** Ends the text: all blocks become finished. */
  end(): void {
    if (this.#line !== '') this.#take(this.#line);
    this.#line = '';
    if (this.#cursor.open) this.#finished.push(toBlock(this.#cursor.open));
    this.#cursor = { open: undefined, afterBlank: false };
  }

  /** The unfinished blocks: none, one, or two if the first is only waiting for its end to be certain. */
  tail(): readonly Block[] {
    const { open } = this.#cursor;
    const line = withoutCarriageReturn(this.#line);
    if (open?.kind === 'code') return [toBlock(open, mayCloseFence(line, open.fence) ? '' : line)];
    if (line === '' || this.#mayBeFence(line)) return open ? [toBlock(withLineEnd(open))] : [];
    const step = advance(this.#cursor, line);
    const closed = step.finished.map((block) => toBlock(withLineEnd(block)));
    return step.open ? [...closed, toBlock(step.open)] : closed;
  }

  /** A fence shows nothing before its line ends, because it may still become a code span. */
  #mayBeFence(line: string): boolean {
    const { open } = this.#cursor;
    if (open?.kind === 'item' && open.fence) return mayCloseFence(line, open.fence);
    return openingFence(line) !== undefined;
  }

  /** Cuts an overlong line of text into finished pieces. */
  #cutLine(): void {
    while (this.#line.length > longestBlock && this.#cursor.open?.kind !== 'code') {
      const space = this.#line.lastIndexOf(' ', longestBlock);
      const [end, next] = space > 0 ? [space, space + 1] : [longestBlock, longestBlock];
      this.#take(this.#line.slice(0, end));
      this.#line = this.#line.slice(next);
    }
  }

  #take(line: string): void {
    const { finished, ...cursor } = advance(this.#cursor, withoutCarriageReturn(line));
    for (const block of finished) this.#finished.push(toBlock(block));
    this.#cursor = cursor;
  }
}

function advance({ open, afterBlank }: Cursor, line: string): Step {
  if (open?.kind === 'code') {
    const depth = depthAfter(open, line);
    if (depth < 0) return { finished: [open], open: undefined, afterBlank: false };
    open.lines.push(withoutIndent(line, open.fence.indent));
    return { finished: [], open: depth === open.depth ? open : { ...open, depth }, afterBlank: false };
  }
  if (open?.kind === 'flow' && open.formula !== undefined && !isBlank(line)) {
    const next = { ...open, text: `${open.text}\n${line}` };
    const finished = line.includes(open.formula);
    return { finished: finished ? [next] : [], open: finished ? undefined : next, afterBlank: false };
  }
  if (isBlank(line)) {
    if (open?.kind === 'flow' && !open.indented && !open.note)
      return { finished: [open], open: undefined, afterBlank: true };
    return { finished: [], open: open && { ...open, text: `${open.text}\n` }, afterBlank: true };
  }
  if (open && continues(open, line, afterBlank)) {
    return { finished: [], open: extended(open, line), afterBlank: false };
  }
  return { finished: open ? [open] : [], open: begin(line, open), afterBlank: false };
}

/**
 * Nesting depth of fences in the code block after the line; negative: the block itself is closed. Models quote Markdown
 * in fences of the same length: there, a fence with a language opens a block that the next bare fence closes.
 */
function depthAfter({ fence, depth }: OpenBlock & { kind: 'code' }, line: string): number {
  if (closesFence(line, fence)) return depth - 1;
  if (!/^(?:markdown|md|mdx)\b/i.test(fence.info)) return depth;
  const inner = openingFence(line);
  const mayBeClosed = inner?.marker.startsWith(fence.marker) && inner.indent < fence.indent + 4;
  return mayBeClosed ? depth + 1 : depth;
}

function continues(open: Exclude<OpenBlock, { kind: 'code' }>, line: string, afterBlank: boolean): boolean {
  if (open.kind === 'item') {
    if (belongsToItem(line, open.marker)) return true;
    return !afterBlank && !open.fence && !interruptsParagraph(line) && !listMarker(line) && !isThematicBreak(line);
  }
  if (open.indented) return indentOf(line) >= 4;
  if (open.text.length + line.length >= longestBlock) return false;
  if (open.note && afterBlank) return indentOf(line) >= 2;
  if (isHeading(open.text)) return false;
  const marker = listMarker(line);
  const interruptingList = marker && marker.indent < 4 && !marker.empty && (!marker.ordered || marker.start === 1);
  return !interruptsParagraph(line) && !interruptingList;
}

function belongsToItem(line: string, marker: ListMarker): boolean {
  return indentOf(line) >= marker.contentIndent;
}

function interruptsParagraph(line: string): boolean {
  const isOther = isHeading(line) || noteDefinition.test(line) || openFormula(line) !== undefined;
  return isOther || (openingFence(line)?.indent ?? 4) < 4;
}

function extended<T extends Exclude<OpenBlock, { kind: 'code' }>>(open: T, line: string): T {
  const text = `${open.text}\n${line}`;
  if (open.kind === 'flow') return { ...open, text };
  if (open.fence) return { ...open, text, fence: closesFence(line, open.fence) ? undefined : open.fence };
  return { ...open, text, fence: openingFence(line) };
}

function begin(line: string, before: OpenBlock | undefined): OpenBlock {
  const fence = openingFence(line);
  if (fence && fence.indent < 4) return { kind: 'code', fence, lines: [], depth: 0 };
  const marker = listMarker(line);
  if (marker && marker.indent < 4) {
    const first = before?.kind !== 'item' || before.marker.type !== marker.type;
    const inside = openingFence(line.slice(marker.contentIndent));
    const itemFence = inside && { ...inside, indent: inside.indent + marker.contentIndent };
    return { kind: 'item', first, marker, text: line, fence: itemFence };
  }
  const indented = indentOf(line) >= 4;
  const formula = indented ? undefined : openFormula(line);
  return { kind: 'flow', text: line, indented, formula, note: noteDefinition.test(line) };
}

function withLineEnd(open: OpenBlock): OpenBlock {
  return open.kind === 'code' ? open : { ...open, text: `${open.text}\n` };
}

function toBlock(open: OpenBlock, partial = ''): Block {
  switch (open.kind) {
    case 'code':
      return {
        kind: 'code',
        info: open.fence.info,
        lines: open.lines,
        partial: withoutIndent(partial, open.fence.indent),
      };
    case 'item':
      return { kind: 'item', first: open.first, text: open.text, endsInCode: open.fence !== undefined };
    case 'flow':
      return { kind: 'flow', text: open.text, endsInCode: open.indented };
  }
}

function withoutIndent(line: string, indent: number): string {
  let from = 0;
  while (from < indent && line[from] === ' ') from += 1;
  return line.slice(from);
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
