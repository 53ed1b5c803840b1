import { render } from 'preact';
import type { CodeAction } from '../../shared/protocol.ts';
import type { Translate } from '../../shared/l10n.ts';
import { CodeToolbar } from '../view/codeToolbar.tsx';

/** What the code blocks of an answer need to know about it. */
export interface CodeBlockOptions {
  readonly t: Translate;
  /** Label of the selection that the code can replace. */
  readonly target: string | undefined;
  readonly act: (action: CodeAction, code: string) => void;
}

/** Lines to an element: text appended to a long one would lay all of it out again. */
const linesPerGroup = 50;

/** A code block that grows at its end: what it shows is never touched again. */
export class CodeBlock {
  readonly element = document.createElement('div');
  readonly #header = document.createElement('div');
  readonly #code = document.createElement('code');
  readonly #language: string;
  readonly #options: CodeBlockOptions;
  #group = new Text();
  #groupLines = 0;
  /** Complete lines that are shown, and how much of the line after them. */
  #lines = 0;
  #characters = 0;
  #begun = false;

  constructor(language: string, options: CodeBlockOptions) {
    this.#language = language;
    this.#options = options;
    this.element.className = 'code-block';
    this.#header.className = 'code-header';
    const region = document.createElement('pre');
    region.tabIndex = 0;
    region.dir = 'ltr';
    region.setAttribute('role', 'group');
    region.setAttribute('aria-label', language === '' ? options.t('Code') : options.t('Code, {0}', language));
    region.append(this.#code);
    this.element.append(this.#header, region);
    render(<CodeToolbar language={language} />, this.#header);
  }

  /** @param lines Complete lines, those shown before unchanged. @param partial The beginning of one more. */
  update(lines: readonly string[], partial: string): void {
    for (const line of lines.slice(this.#lines)) this.#showLine(line, true);
    if (partial !== '') this.#showLine(partial, false);
  }

  /** The code is complete, and can be used. */
  finish(code: string): void {
    const { t, target, act } = this.#options;
    render(
      <CodeToolbar language={this.#language} actions={{ t, target, act: (action) => act(action, code) }} />,
      this.#header,
    );
  }

  #showLine(line: string, complete: boolean): void {
    if (this.#characters === 0) this.#beginLine();
    this.#group.appendData(line.slice(this.#characters));
    this.#characters = complete ? 0 : line.length;
    this.#begun = !complete;
    if (complete) this.#lines += 1;
  }

  #beginLine(): void {
    if (this.#begun) return;
    if (this.#groupLines % linesPerGroup === 0) {
      this.#group = new Text();
      const group = document.createElement('div');
      group.append(this.#group);
      this.#code.append(group);
    } else {
      this.#group.appendData('\n');
    }
    this.#groupLines += 1;
  }
}
