import { render, type ComponentChild } from 'preact';
import type { Translate } from '../../shared/l10n.ts';
import { rightToLeft, visibleCode } from '../bidi.ts';
import { CodeFold } from './codeFold.ts';
import { Highlight } from './highlight.ts';
import { whenIdle } from '../idle.ts';
import { linesPerGroup } from './paint.ts';

/** What the header of a code block is about. */
export interface CodeHeader {
  /** The first word on the block's fence. */
  readonly language: string;
  readonly wrapped: boolean;
  readonly onWrap: () => void;
  /** The code holds characters that cannot be seen or that change the order of others. */
  readonly deceptive: boolean;
  /** Absent: it is not complete. */
  readonly code: string | undefined;
}

/** What the code blocks of an answer need to know about it. */
export interface CodeBlockOptions {
  readonly t: Translate;
  readonly toolbar: (header: CodeHeader) => ComponentChild;
}

const codeBlocks = new WeakMap<Node, CodeBlock>();

/** Whether lines wrap: as the reader last chose, from then on for new blocks too. */
let wrapping = false;

/** A code block that grows at its end: what it shows is never touched again. */
export class CodeBlock {
  readonly element = document.createElement('div');
  readonly #header = document.createElement('div');
  readonly #code = document.createElement('code');
  readonly #language: string;
  readonly #options: CodeBlockOptions;
  readonly #highlight: Highlight;
  readonly #fold: CodeFold;
  #wrapped = wrapping;
  #deceptive = false;
  #near = false;
  #headed = false;
  #group = new Text();
  #groupLines = 0;
  /** Complete lines that are shown, and how much of the line after them. */
  #lines = 0;
  #characters = 0;
  #begun = false;
  #complete: readonly string[] = [];
  #partial = '';
  #finished: string | undefined;

  constructor(language: string, options: CodeBlockOptions) {
    this.#language = language;
    this.#options = options;
    this.#highlight = new Highlight(language, this.#code);
    codeBlocks.set(this.element, this);
    this.element.className = 'code-block';
    this.element.style.setProperty('--group-lines', String(linesPerGroup));
    this.#header.className = 'code-header';
    const region = document.createElement('pre');
    region.tabIndex = 0;
    region.dir = 'ltr';
    region.setAttribute('role', 'group');
    region.setAttribute('aria-label', language === '' ? options.t('Code') : options.t('Code, {0}', language));
    region.append(this.#code);
    this.element.append(this.#header, region);
    this.#fold = new CodeFold(this.element, region, options.t);
    this.#header.append(language);
  }

  /** @param lines Complete lines, those shown before unchanged. @param partial The beginning of one more. */
  update(lines: readonly string[], partial: string): void {
    for (const line of lines.slice(this.#lines)) this.#showLine(line, true);
    if (partial !== '') this.#showLine(partial, false);
    this.#highlight.update(lines);
    this.#complete = lines;
    this.#partial = partial;
    this.#fold.update(this.#groupLines, false);
  }

  /** The code is complete, and can be used. */
  finish(code: string): void {
    this.#finished = code;
    this.#fold.update(this.#groupLines, true);
    // A reader sees the buttons at once; the others can wait.
    if (this.#near) this.#showHeader();
    else whenIdle(() => this.#showHeader());
  }

  /** Takes what is new in the same block, rendered again; false where it is another one. */
  continueAs(next: CodeBlock): boolean {
    if (next.#language !== this.#language) return false;
    const code = next.#finished;
    if (next.#text.startsWith(this.#text)) {
      if (next.#text !== this.#text) this.update(next.#complete, next.#partial);
      if (code !== undefined && this.#finished === undefined) this.finish(code);
      return true;
    }
    return code === undefined && this.#finished === undefined && this.#text.startsWith(next.#text);
  }

  /** It came near what is seen, or is far from it. */
  approach(near: boolean): void {
    if (near === this.#near) return;
    this.#near = near;
    this.#highlight.approach(near);
    if (near) this.#showHeader();
  }

  #showHeader(): void {
    if (!this.#headed) this.#header.replaceChildren();
    this.#headed = true;
    this.element.classList.toggle('wrapped', this.#wrapped);
    const toolbar = this.#options.toolbar({
      language: this.#language,
      wrapped: this.#wrapped,
      onWrap: () => this.#toggleWrap(),
      deceptive: this.#deceptive,
      code: this.#finished,
    });
    render(toolbar, this.#header);
  }

  #toggleWrap(): void {
    this.#wrapped = !this.#wrapped;
    wrapping = this.#wrapped;
    this.#showHeader();
  }

  get #text(): string {
    return this.#complete.map((line) => `${line}\n`).join('') + this.#partial;
  }

  #showLine(line: string, complete: boolean): void {
    if (this.#characters === 0) this.#beginLine();
    const written = line.slice(this.#characters);
    const shown = visibleCode(written);
    if (shown !== written && !this.#deceptive) this.#warn();
    if (rightToLeft.test(shown)) this.element.classList.add('bidirectional');
    this.#group.appendData(shown);
    this.#characters = complete ? 0 : line.length;
    this.#begun = !complete;
    if (complete) this.#lines += 1;
  }

  #warn(): void {
    this.#deceptive = true;
    this.#showHeader();
  }

  #beginLine(): void {
    if (this.#begun) return;
    if (this.#groupLines % linesPerGroup === 0) {
      this.#group = new Text();
      const group = document.createElement('div');
      group.append(this.#group);
      this.#code.append(group);
      this.#code.classList.toggle('long', this.#groupLines > 0);
    } else {
      this.#group.appendData('\n');
    }
    this.#groupLines += 1;
  }
}

/** Tells the code blocks within an element whether they are near what is seen. */
export function approachCodeBlocks(within: Element, near: boolean): void {
  for (const element of within.getElementsByClassName('code-block')) codeBlocks.get(element)?.approach(near);
}

/** Whether the code block in the page is the wanted one, or became it: its colours and its place in it are kept. */
export function continueCodeBlock(present: Node, wanted: Node): boolean {
  const next = codeBlocks.get(wanted);
  return next !== undefined && codeBlocks.get(present)?.continueAs(next) === true;
}
