import type { MarkedExtension, Tokens } from 'marked';

/** `[^1]: ` at the start of a line. */
// linear: it begins where the text begins.
export const noteDefinition = /^ {0,3}\[\^([^\]\s[]{1,64})\]:[ \t]*/;
const noteMark = /^\[\^([^\]\s[]{1,64})\]/;
/** Up to the next note, or to a blank line without indented text after it. */
// linear: each line is looked at three times at most.
const noteText = /^[^\n]*(?:\n(?! {0,3}\[\^)(?!\s*\n)[^\n]*|\n\s*(?=\n {2,}\S)|\n(?= *$))*\n*/;

/**
 * Footnotes in GitHub's syntax, numbered in order of appearance. A mark becomes `<dfn>1</dfn>` and a note
 * `<dl><dt>1</dt><dd>…</dd></dl>`, which an answer's text can't write itself.
 */
export class Footnotes {
  readonly #numbers = new Map<string, number>();
  readonly #defined = new Set<string>();
  #final = false;

  /** From now on a mark without a note is text and takes no number; numbering starts over. */
  finish(): void {
    this.#final = true;
    this.#numbers.clear();
  }

  extension(): MarkedExtension {
    const number = (label: string): number => this.#number(label);
    const define = (label: string): void => void this.#defined.add(label);
    return {
      extensions: [
        {
          name: 'noteMark',
          level: 'inline',
          tokenizer: (source): Tokens.Generic | undefined => {
            const [raw, label = ''] = noteMark.exec(source) ?? [];
            const isText = raw === undefined || (this.#final && !this.#defined.has(label));
            return isText ? undefined : { type: 'noteMark', raw, number: number(label) };
          },
          renderer: (token) => `<dfn>${String(token['number'])}</dfn>`,
        },
        {
          name: 'note',
          level: 'block',
          start: (source) => /(?<=\n) {0,3}\[\^/.exec(source)?.index,
          tokenizer(source): Tokens.Generic | undefined {
            const [begin, label = ''] = noteDefinition.exec(source) ?? [];
            if (begin === undefined) return undefined;
            define(label);
            const [rest = ''] = noteText.exec(source.slice(begin.length)) ?? [];
            const tokens = this.lexer.blockTokens(rest.replace(/^ {1,4}/gm, ''), []);
            return { type: 'note', raw: begin + rest, number: number(label), tokens };
          },
          childTokens: ['tokens'],
          renderer({ number: shown, tokens }) {
            return `<dl><dt>${String(shown)}</dt><dd>${this.parser.parse(tokens ?? [])}</dd></dl>`;
          },
        },
      ],
    };
  }

  #number(label: string): number {
    const number = this.#numbers.get(label) ?? this.#numbers.size + 1;
    this.#numbers.set(label, number);
    return number;
  }
}
