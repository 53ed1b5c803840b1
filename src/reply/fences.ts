import { isBlank, splitLines } from './lines.ts';

/** A fenced code block of a Markdown text. */
export interface FencedBlock {
  readonly kind: 'block';
  /** What stands behind the opening fence, trimmed. */
  readonly info: string;
  /** The lines between the fences, joined by `\n`, without what the surrounding list or quote adds. */
  readonly text: string;
  readonly closed: boolean;
  /** It holds fences that would have closed it, had they not been paired by their info strings. */
  readonly nests: boolean;
}

export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
}

/** What a line of Markdown turned out to be. */
export type FenceEvent =
  | { readonly kind: 'prose'; readonly line: string }
  | { readonly kind: 'open'; readonly info: string }
  /** `nests`: a fence of a block inside the block. */
  | { readonly kind: 'code'; readonly line: string; readonly nests: boolean }
  | { readonly kind: 'close' }
  /** The quote or comment around the block ended before the block did. */
  | { readonly kind: 'break'; readonly line: string };

interface Fence {
  readonly mark: string;
  readonly length: number;
}

interface OpenBlock {
  readonly quotes: number;
  readonly indent: number;
  readonly bullet: string;
  readonly fences: Fence[];
  /** Columns that are taken from each line, known from the first line that is not blank. */
  strip: number | undefined;
}

/** Quote marks, list marks, the fence and its info string. */
const opening = /^((?:(?: {0,3}>)+[ \t]?)?)([ \t]*(?:([-*+]|\d{1,9}[.)])[ \t]+)*)(?:(`{3,})([^`]*)$|(~{3,})([^]*))/;

/** The parts of a Markdown text in their order. */
export function readFences(markdown: string): (FencedBlock | Prose)[] {
  const parts: (FencedBlock | Prose)[] = [];
  const reader = new FenceReader();
  let info: string | undefined;
  let nests = false;
  let lines: string[] = [];
  const end = (closed: boolean) => {
    const text = lines.join('\n');
    if (info !== undefined) parts.push({ kind: 'block', info, text, closed, nests });
    else if (!isBlank(text)) parts.push({ kind: 'prose', text });
    info = undefined;
    nests = false;
    lines = [];
  };
  for (const line of splitLines(markdown)) {
    const event = reader.push(line);
    switch (event.kind) {
      case 'open':
        end(true);
        info = event.info;
        break;
      case 'close':
        end(true);
        break;
      case 'break':
        end(false);
        lines.push(event.line);
        break;
      case 'code':
        nests ||= event.nests;
        lines.push(event.line);
        break;
      case 'prose':
        lines.push(event.line);
        break;
    }
  }
  end(false);
  return parts;
}

/**
 * Tells line by line what of a Markdown text is inside fences (CommonMark 0.31, 4.5), where models differ from it: a
 * fence may be indented anyhow, and one with an info string inside a block opens a block within it, which the next
 * bare one closes, because models quote Markdown in fences of the same length.
 */
export class FenceReader {
  #block: OpenBlock | undefined;

  push(line: string): FenceEvent {
    const block = this.#block;
    if (block === undefined) return this.#pushOutside(line);
    const inner = inContainer(line, block);
    if (inner === undefined) {
      this.#block = undefined;
      return { kind: 'break', line };
    }
    const fence = fenceInside(inner, block);
    if (fence === 'close') {
      block.fences.pop();
      if (block.fences.length > 0) return { kind: 'code', line: stripped(inner, block), nests: true };
      this.#block = undefined;
      return { kind: 'close' };
    }
    if (fence !== undefined) block.fences.push(fence);
    return { kind: 'code', line: stripped(inner, block), nests: fence !== undefined };
  }

  #pushOutside(line: string): FenceEvent {
    const [, quote = '', before = '', bullet = '', ticks, words, tildes = '', rest = ''] = opening.exec(line) ?? [];
    const [marks, info] = [ticks ?? tildes, words ?? rest];
    if (marks === '') return { kind: 'prose', line };
    this.#block = {
      quotes: quote.split('>').length - 1,
      indent: before.length,
      bullet,
      fences: [{ mark: marks.charAt(0), length: marks.length }],
      strip: undefined,
    };
    return { kind: 'open', info: info.trim() };
  }
}

/** The line without the quote marks around the block, or `undefined` where the quote or the list has ended. */
function inContainer(line: string, block: OpenBlock): string | undefined {
  let inner = line;
  for (let depth = 0; depth < block.quotes; depth++) {
    const mark = /^ {0,3}> ?/.exec(inner);
    if (!mark) return undefined;
    inner = inner.slice(mark[0].length);
  }
  // A documentation comment looks like a list whose every line is an item.
  if (block.bullet === '*' && /^\s*\*/.test(inner)) return undefined;
  return inner;
}

/** `close`: closes the innermost block; a fence: opens one inside. */
function fenceInside(line: string, block: OpenBlock): Fence | 'close' | undefined {
  const innermost = block.fences.at(-1);
  const [, indent = '', ticks, words, tildes = '', rest = ''] =
    /^([ \t]*)(?:(`{3,})([^`]*)$|(~{3,})([^]*))/.exec(line) ?? [];
  const [marks, info] = [ticks ?? tildes, words ?? rest];
  if (!innermost || !marks.startsWith(innermost.mark) || marks.length < innermost.length) return undefined;
  if (indent.includes('\t') || indent.length > block.indent + 3) return undefined;
  return isBlank(info) ? 'close' : { mark: innermost.mark, length: marks.length };
}

/** The line without the indentation of its fence, as far as the block's first line has it. */
function stripped(line: string, block: OpenBlock): string {
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  if (block.strip === undefined && !isBlank(line)) block.strip = Math.min(spaces, block.indent);
  return line.slice(Math.min(spaces, block.strip ?? block.indent));
}

/** A backtick fence longer than every run of backticks in the text (CommonMark 4.5). */
export function fenceAround(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  return '`'.repeat(longest + 1);
}
