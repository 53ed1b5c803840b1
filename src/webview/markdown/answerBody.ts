import type { Citation } from '../../shared/answer.ts';
import { sameCitations } from '../../shared/marks.ts';
import { BlockSplitter, type Block } from './blocks.ts';
import { AnswerPart } from './answerPart.ts';
import type { CodeBlockOptions } from './codeBlock.ts';
import { toNodes } from './dom.ts';
import { HtmlRenderer } from './html.ts';
import { RenderedBlock, type BlockContext } from './renderedBlock.ts';

/** Writing the open end may take at most one part in this many of the time, however long a paragraph becomes. */
const restPerWork = 4;
/** Milliseconds of work that need no rest. */
const freeWork = 2;

/** One answer's text in the page: finished blocks are written once, only the open end is rewritten. */
export class AnswerBody {
  readonly element = document.createElement('div');
  readonly #splitter = new BlockSplitter();
  readonly #renderer = new HtmlRenderer(() => this.#citations);
  readonly #context: BlockContext;
  readonly #blocks: RenderedBlock[] = [];
  readonly #parts: AnswerPart[] = [];
  #citations: readonly Citation[] = [];
  #length = 0;
  #finished = 0;
  #ended = false;
  #restUntil = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CodeBlockOptions) {
    this.element.className = 'answer-text';
    this.#context = {
      ...options,
      place: (continues) => this.#place(continues),
      toHtml: (markdown, final) => this.#renderer.render(markdown, final),
      toNodes: (html) => toNodes(html, this.#citations, options.t),
    };
  }

  /**
   * @param text The whole answer so far.
   * @param ended Whether the text is complete.
   */
  update(text: string, citations: readonly Citation[], ended: boolean): void {
    const cited = !sameCitations(this.#citations, citations);
    const ending = ended && !this.#ended;
    const grown = text.length > this.#length;
    this.#citations = citations;
    if (grown) this.#splitter.push(text.slice(this.#length));
    this.#length = text.length;
    if (ending) {
      this.#ended = true;
      this.#splitter.end();
    }
    if (cited || ending || grown) this.#write();
    // Only now all definitions are known.
    if (ending) this.#renderer.finish();
    if (cited || ending) this.#writeSensitive();
  }

  /** The marks of the sources that the text cites. */
  cited(): ReadonlySet<string> {
    const marks = this.element.querySelectorAll<HTMLElement>('.mark');
    return new Set(Array.from(marks, (mark) => mark.dataset['mark'] ?? ''));
  }

  dispose(): void {
    clearTimeout(this.#late);
  }

  #place(continues: boolean): HTMLElement {
    let part = this.#parts.at(-1);
    if (!part || (part.isFull && !continues)) {
      part?.written();
      part = new AnswerPart();
      this.#parts.push(part);
      this.element.append(part.element);
    }
    return part.element;
  }

  #write(): void {
    const { finished } = this.#splitter;
    for (; this.#finished < finished.length; this.#finished += 1)
      this.#writeBlock(this.#finished, finished[this.#finished], true);
    clearTimeout(this.#late);
    const began = performance.now();
    if (began < this.#restUntil && !this.#ended) {
      this.#late = setTimeout(() => this.#write(), this.#restUntil - began);
      return;
    }
    const tail = this.#splitter.tail();
    for (const [index, block] of tail.entries()) {
      this.#writeBlock(this.#finished + index, block, false);
      // Later blocks would take its place.
      if (!this.#blocks[this.#finished + index]?.placed) break;
    }
    for (const gone of this.#blocks.splice(this.#finished + tail.length)) gone.remove();
    this.#parts.at(-1)?.written();
    const end = performance.now();
    this.#restUntil = end + restPerWork * Math.max(0, end - began - freeWork);
  }

  #writeBlock(index: number, block: Block | undefined, final: boolean): void {
    if (!block) return;
    if (this.#blocks[index]?.kind !== block.kind) {
      for (const gone of this.#blocks.splice(index)) gone.remove();
      this.#blocks.push(new RenderedBlock(block.kind, this.#context));
    }
    this.#blocks[index]?.update(block, final);
  }

  /** Rewrites what depends on sources or definitions. */
  #writeSensitive(): void {
    for (const [index, block] of this.#splitter.finished.slice(0, this.#finished).entries()) {
      if (this.#blocks[index]?.sensitive) this.#writeBlock(index, block, true);
    }
  }
}
