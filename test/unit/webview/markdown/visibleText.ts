import { BlockSplitter, type Block } from '../../../../src/webview/markdown/blocks.ts';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';
import { settle, settleCode } from '../../../../src/webview/markdown/tail.ts';
import type { Citation } from '../../../../src/shared/answer.ts';

await loadLibraries();

/** What a reader sees of an answer that grows, without blanks. */
export class VisibleText {
  readonly #splitter = new BlockSplitter();
  readonly #renderer: HtmlRenderer;
  #finished = 0;
  #finishedText = '';

  constructor(citations: readonly Citation[]) {
    this.#renderer = new HtmlRenderer(() => citations);
  }

  push(markdown: string): string {
    this.#splitter.push(markdown);
    for (const block of this.#splitter.finished.slice(this.#finished)) this.#finishedText += this.#render(block, true);
    this.#finished = this.#splitter.finished.length;
    return (
      this.#finishedText +
      this.#splitter
        .tail()
        .map((block) => this.#render(block, false))
        .join('')
    );
  }

  end(): string {
    this.#splitter.end();
    this.#renderer.finish();
    const blocks = this.#splitter.finished;
    // Definitions of links may stand at the end: what they can change is rendered again when all is there.
    for (const block of blocks) this.#render(block, true);
    return blocks.map((block) => this.#render(block, true)).join('');
  }

  #render(block: Block, final: boolean): string {
    return render(this.#renderer, block, final).replace(/\s/g, '');
  }
}

function render(renderer: HtmlRenderer, block: Block, final: boolean): string {
  if (block.kind === 'code') return [...block.lines, block.partial].join('');
  const { html, codes } = renderer.render(final ? block.text : settleOpen(block), final);
  let code = 0;
  const text = html.replace(/<pre><\/pre>/g, () => escaped(codes[code++]?.text ?? '')).replace(/<[^>]*>/g, '');
  return unescaped(text);
}

function settleOpen(block: Exclude<Block, { kind: 'code' }>): string {
  return (block.endsInCode ? settleCode : settle)(block.text);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function unescaped(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', copy: '©' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (entity, number, name) =>
    number === undefined ? (named[name] ?? entity) : String.fromCharCode(Number(number)),
  );
}
