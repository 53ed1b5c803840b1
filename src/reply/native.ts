import { hiddenIn } from '../shared/hidden.ts';
import { splitLines } from './lines.ts';
import type { Original } from './original.ts';
import type { CodeLine } from './syntax.ts';
import { isProseLanguage } from './target.ts';

// oxlint-disable-next-line no-control-regex
const control = /[\u0001-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
/** A mark between angles or brackets, where the grammar knows of no tags. */
const mark = /^<[|｜/]?[\p{L}_][^<>]*>|^\[\/?[A-Z]{2}[A-Z_ ]*\]/u;
/** The same, and a call right after it. */
const calls = /^\[[A-Z]{2}[A-Z_]*\]\w/;
const markAtEnd = /<[|｜/][^<>]*>$|\[\/[A-Z][A-Z_ ]*\]$/u;
/** Elements that no markup has: their names are a program's. */
function hasToolTag(text: string): boolean {
  // linear: what it repeats ends where it may begin again.
  return [...text.matchAll(/<\/?(\w+)(?=[\s=>])/g)].some(([, name = '']) => /_|^(?:invoke|parameter)$/.test(name));
}

/** A source's number after a statement. */
const citation = /(?:;|[)}]\s)\s*(?:\[\d{1,3}\])+$/;
const entity = /&(?:lt|gt|amp|quot|#39);/;
/** A line break or a tab that was written instead of made. */
const written = /\\[nt](?=\s|$)|\\n[\p{L}}]/u;
// linear: it begins where the text begins, and each part ends at a character of its own.
const number = /^\s*L?(\d+)(?:\s*[:|│→.](?=\s|$)|\t)/;

/** Finds lines that no document of the language has, one by one. */
export class NativeReader {
  readonly #original: Original;
  readonly #document: string;
  readonly #code: string;
  /** The number that each line so far began with, one more than the line before. */
  #number: number | undefined;
  #count = 0;
  readonly #isNumbered: boolean;

  constructor(original: Original) {
    this.#original = original;
    this.#document = original.target.document;
    this.#code = original.sample.map(({ code }) => code).join('\n');
    this.#isNumbered = splitLines(this.#document).some((line) => number.test(line));
  }

  /** Whether the line is strange to the document's language, as far as it and those before it tell. */
  isStrange(line: CodeLine): boolean {
    const { text } = line;
    const own = text.trim();
    if (own === '') return false;
    this.#count++;
    const isNumbered = this.#isNextNumber(text) || (this.#count === 1 && this.#isOwnNumber(text));
    if (this.#original.known.has(own)) return false;
    const hidden = [...(own.match(control) ?? []), ...hiddenIn(own)];
    if (hidden.some((char) => !this.#document.includes(char))) return true;
    if (/^https?:\/\/\S+$/.test(own) && line.tokens.every(({ kind }) => kind !== 'text' && kind !== 'string'))
      return true;
    const isWrong = line.tokens.some(({ kind }) => kind === 'invalid') && !this.#hasInvalid;
    return isNumbered || isWrong || this.#isMarked(line) || this.#isMiswritten(line.code) || this.#isRule(line);
  }

  /** Whether the line begins with the number of the selection's first line. */
  #isOwnNumber(text: string): boolean {
    const { before } = this.#original.around;
    if (this.#isNumbered || isProseLanguage(this.#original.target.languageId)) return false;
    return Number(number.exec(text)?.[1] ?? -1) === before.length + 1;
  }

  #isNextNumber(text: string): boolean {
    const next = Number(number.exec(text)?.[1] ?? Number.NaN);
    const continues = this.#count === 1 ? next >= 0 : next === (this.#number ?? -2) + 1;
    this.#number = continues && !this.#isNumbered ? next : undefined;
    return this.#number !== undefined && this.#count > 1;
  }

  /** Whether the line begins or ends with a mark, while no other line here does. */
  #isMarked({ code, tokens }: CodeLine): boolean {
    const own = code.trim();
    if (hasToolTag(own) && !hasToolTag(this.#document)) return true;
    if (calls.test(own)) return true;
    if (!mark.test(own) && !markAtEnd.test(own)) return false;
    return tokens.every(({ kind }) => kind !== 'tag') && !this.#hasMarks;
  }

  get #hasInvalid(): boolean {
    return this.#original.old.lines.some(({ tokens }) => tokens.some(({ kind }) => kind === 'invalid'));
  }

  get #hasMarks(): boolean {
    return this.#original.own.some((line) => mark.test(line) || markAtEnd.test(line));
  }

  #isMiswritten(code: string): boolean {
    return [citation, entity, written].some((fault) => fault.test(code.trimEnd()) && !fault.test(this.#code));
  }

  /** Whether the line is signs alone, or begins with three alike, where the document has no such line. */
  #isRule({ code }: CodeLine): boolean {
    const text = code.trim();
    const [, signs = text.startsWith('|') && text.endsWith('|') ? '|' : '', rest = ''] =
      /^([-=*>_~#+]{3,}|`+)([^]*)/.exec(text) ?? [];
    const { languageId } = this.#original.target;
    if (signs === '' || isProseLanguage(languageId) || /yaml|docker/.test(languageId)) return false;
    const isAlike = new Set(signs).size === 1;
    return isAlike && (rest.trim() === '' || /^\s/.test(rest) || /^[`|]/.test(signs)) && !this.#code.includes(signs);
  }
}
