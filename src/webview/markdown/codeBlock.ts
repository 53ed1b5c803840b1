import { render, type ComponentChild } from 'preact';
import type { Translate } from '../../shared/l10n.ts';
import { rightToLeft, visibleCode } from '../bidi.ts';
import { CodeFold } from './codeFold.ts';
import { Highlight } from './highlight.ts';
import { whenIdle } from '../idle.ts';
import { linesPerGroup } from './paint.ts';

/** State of a code block's header. */
export interface CodeHeader {
  /** First word of the fence's info string. */
  readonly language: string;
  readonly wrapped: boolean;
  readonly onWrap: () => void;
  /** Whether the code has characters that are invisible or reorder others. */
  readonly deceptive: boolean;
  /** Undefined until it is complete. */
  readonly code: string | undefined;
}

/** What a code block needs from its answer. */
export interface CodeBlockOptions {
  readonly t: Translate;
  readonly toolbar: (header: CodeHeader) => ComponentChild;
}

const codeBlocks = new WeakMap<Node, CodeBlock>();

/** Whether lines wrap: the reader's last choice, which also applies to new blocks. */
let wrapping = false;

/** A code block that grows at its end; what it shows is never touched again. */
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
  /** Number of complete lines shown, and the length shown of the next one. */
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

  /**
   * @param lines Complete lines; those shown before are unchanged.
   * @param partial The beginning of the next one.
   */
  update(lines: readonly string[], partial: string): void {
    for (const line of lines.slice(this.#lines)) this.#showLine(line, true);
    if (partial !== '') this.#showLine(partial, false);
    this.#highlight.update(lines);
    this.#complete = lines;
    this.#partial = partial;
    this.#fold.update(this.#groupLines, false);
  }

  /** The code is complete and can be used. */
  finish(code: string): void {
    this.#finished = code;
    this.#fold.update(this.#groupLines, true);
    // Visible blocks get their buttons at once; the others can wait.
    if (this.#near) this.#showHeader();
    else whenIdle(() => this.#showHeader());
  }

  /** Takes over the changes of the same block rendered again; false if it is another block. */
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

  /** Called when it comes near the viewport or moves away. */
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

/** Notifies the code blocks in an element whether they are near the viewport. */
export function approachCodeBlocks(within: Element, near: boolean): void {
  for (const element of within.getElementsByClassName('code-block')) codeBlocks.get(element)?.approach(near);
}

/** Whether the code block in the page is the wanted one or was updated to it; then its colors and position are kept. */
export function continueCodeBlock(present: Node, wanted: Node): boolean {
  const next = codeBlocks.get(wanted);
  return next !== undefined && codeBlocks.get(present)?.continueAs(next) === true;
}
