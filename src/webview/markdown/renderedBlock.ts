import type { Block } from './blocks.ts';
import { CodeBlock, type CodeBlockOptions } from './codeBlock.ts';
import { languageOf, type Html } from './html.ts';
import { patchChildren } from './patch.ts';
import { settle, settleCode } from './tail.ts';

export interface BlockContext extends CodeBlockOptions {
  /** Where a new block is inserted; a list item goes into the list that it continues. */
  readonly place: (continues: boolean) => HTMLElement;
  readonly toHtml: (markdown: string, final: boolean) => Html;
  readonly toNodes: (html: Html) => HTMLElement;
}

/** A block of an answer in the page, rewritten until it is final. */
export class RenderedBlock {
  readonly kind: Block['kind'];
  /** Whether later sources or definitions can change it. */
  sensitive = false;
  readonly #context: BlockContext;
  #element: Element | undefined;
  #code: CodeBlock | undefined;

  constructor(kind: Block['kind'], context: BlockContext) {
    this.kind = kind;
    this.#context = context;
  }

  /** Whether it is in the page. */
  get placed(): boolean {
    return this.#element !== undefined;
  }

  update(block: Block, final: boolean): void {
    switch (block.kind) {
      case 'code':
        this.#writeCode(block, final);
        break;
      case 'item':
        this.#writeItem(block, final);
        break;
      case 'flow':
        this.#writeFlow(block, final);
    }
  }

  remove(): void {
    const parent = this.#element?.parentElement;
    this.#element?.remove();
    if (parent?.matches('ul, ol') && parent.childElementCount === 0) parent.remove();
  }

  #writeCode(block: Block & { kind: 'code' }, final: boolean): void {
    if (!this.#code) {
      this.#code = new CodeBlock(languageOf(block.info), this.#context);
      this.#element = this.#code.element;
      this.#context.place(false).append(this.#element);
    }
    this.#code.update(block.lines, block.partial);
    if (final) this.#code.finish(block.lines.join('\n'));
  }

  #writeFlow(block: Block & { kind: 'flow' }, final: boolean): void {
    // It is inserted before any of it is visible, because later blocks may be shown first.
    if (!this.#element) {
      this.#element = document.createElement('div');
      this.#context.place(false).append(this.#element);
    }
    const nodes = this.#render(block, final);
    this.#element.toggleAttribute('hidden', !nodes);
    if (!nodes) return;
    this.#element.classList.toggle('headed', /^H\d$/.test(nodes.firstElementChild?.tagName ?? ''));
    patchChildren(this.#element, nodes);
  }

  #writeItem(block: Block & { kind: 'item' }, final: boolean): void {
    const nodes = this.#render(block, final);
    const list = nodes?.firstElementChild;
    const item = list?.firstElementChild;
    if (!list || !item) return;
    if (this.#element) {
      if (item.className === '') this.#element.removeAttribute('class');
      else this.#element.className = item.className;
      patchChildren(this.#element, item);
      return;
    }
    const place = this.#context.place(!block.first);
    const present = place.lastElementChild;
    // Drops what the browser's parser closed after the item.
    list.replaceChildren(item);
    if (block.first || present?.tagName !== list.tagName) place.append(list);
    else present.append(item);
    this.#element = item;
  }

  /** Nodes of a block; undefined if there is nothing to show yet. */
  #render(block: Exclude<Block, { kind: 'code' }>, final: boolean): HTMLElement | undefined {
    const markdown = final ? block.text : (block.endsInCode ? settleCode : settle)(block.text);
    if (markdown.trim() === '') return undefined;
    const html = this.#context.toHtml(markdown, final);
    this.sensitive = html.sensitive;
    const nodes = this.#context.toNodes(html);
    for (const [index, place] of [...nodes.querySelectorAll('pre')].entries()) {
      const code = html.codes[index];
      if (!code) continue;
      const codeBlock = new CodeBlock(code.language, this.#context);
      const lines = code.text.split('\n');
      const isOpen = !final && block.endsInCode && index === html.codes.length - 1;
      codeBlock.update(isOpen ? lines.slice(0, -1) : lines, isOpen ? (lines.at(-1) ?? '') : '');
      if (!isOpen) codeBlock.finish(code.text);
      place.replaceWith(codeBlock.element);
    }
    return nodes;
  }
}
