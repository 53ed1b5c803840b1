import { hiddenIn } from '../shared/hidden.ts';
import { essence, isBlank, looseIndentOf, splitLines, withoutQuoted } from './lines.ts';
import { LiteralReader } from './literals.ts';
import type { ReplyTarget } from './reply.ts';
import { isMarkupLanguage, isProseLanguage } from './target.ts';

/** Marks with which models end a turn; servers should keep them to themselves. */
const token = /<\|[\w ]+\|>|<｜[^｜\n]+｜>|<\/s>|<(?:end_of_turn|start_of_turn|eos|EOT)>|\[\/?INST\]/;
const tokens = new RegExp(token.source, 'g');
const tokenAtEdge = new RegExp(`^(?:${token.source})|(?:${token.source})$`);

/** What models wrap code in that they were not asked to wrap. */
const wrapper =
  /^<\/?(?:answer|artifact|change|code|content|edit|file|final|function|function_call|invoke|new_code|output|parameter|patch|pre|replacement|response|result|snippet|solution|tool_call|tool_use|updated_code|write)(?:[\s=:][^>]*)?>|^\[\/?(?:[A-Z]{3,}|TOOL_CALLS)\]$|^\\(?:begin|end)\{|^(?:BEGIN|END|START)(?: [A-Z]+)*$/;
const wrapperAtEnd = /<\/(?:answer|code|content|file|new_code|output|pre|replacement|response|result|solution)>$/;

const numbered = /^\s*L?\d+(?:\s*[:|│→](?:\s|$)|\t)/;
/** In prose that is a list. */
const numberedWithDots = /^\s*\d+\.(?:\s|$)/;
/** Control characters. With what cannot be seen they show code as something else than it is. */
// oxlint-disable-next-line no-control-regex
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const session = /^(?:>>>|In \[\d+\]:) /;
/** A source's mark behind a statement. */
const citation = /[;)}]\s+(?:\[\d+\])+$/;
const entity = /&(?:lt|gt|amp|quot|#39);/;

/** Keys under which models put code, or the call of a tool, into a JSON object. */
const jsonKeys =
  /^(?:answer|arguments|code|completion|content|edits|function|new_code|new_str(?:ing)?|old_str(?:ing)?|output|replace|replacement|response|result|text|tool(?:_name|_calls)?)$/;

/** A reply without the marks of a model's turn behind it. */
export function withoutTurnMarks(reply: string, document: string): string {
  if (token.test(document)) return reply;
  let end = reply.length;
  for (const { index, 0: mark } of [...reply.matchAll(tokens)].toReversed()) {
    if (reply.slice(index + mark.length, end).trim() !== '') break;
    end = index;
  }
  return reply.slice(0, end);
}

/** Whether code holds what belongs to no document: marks of a model's turn, a wrapper, line numbers, a JSON envelope. */
export function isForeign(code: string, target: ReplyTarget): boolean {
  const reader = new ForeignReader(target);
  const lines = splitLines(code);
  if (lines.some((line) => reader.push(line))) return true;
  const last = lines.findLast((line) => !isBlank(line))?.trim() ?? '';
  return (
    (!isMarkupLanguage(target.languageId) && wrapperAtEnd.test(last) && !reader.knows(last)) || isEnvelope(code, target)
  );
}

/** Finds such lines one by one. */
export class ForeignReader {
  readonly #target: ReplyTarget;
  readonly #known: ReadonlySet<string>;
  readonly #hasTokens: boolean;
  readonly #hasNumbers: boolean;
  readonly #hasEntities: boolean;
  /** Whether all lines so far begin with numbers. */
  #isNumbered = true;
  /** Those characters that the document has: a reply may have them, too. */
  readonly #unprintable: ReadonlySet<string>;
  readonly #hasSessions: boolean;
  readonly #literals: LiteralReader;
  #lines = 0;

  constructor(target: ReplyTarget) {
    this.#target = target;
    this.#known = new Set(essence(target.document.slice(target.start, target.end)));
    this.#hasTokens = token.test(target.document);
    this.#hasNumbers = splitLines(target.document).some((line) => this.#isNumberedLine(line));
    this.#unprintable = new Set(unprintableIn(target.document));
    this.#hasSessions = target.languageId !== 'python' || /^[ \t]*>>> /m.test(target.document);
    this.#literals = new LiteralReader(target.languageId, '');
    this.#hasEntities = entity.test(target.document) || isMarkupLanguage(target.languageId);
  }

  knows(line: string): boolean {
    return this.#known.has(line.trim());
  }

  #isNumberedLine(line: string): boolean {
    return numbered.test(line) || (!isProseLanguage(this.#target.languageId) && numberedWithDots.test(line));
  }

  /** Whether the line belongs to no document, as far as it and those before it tell. */
  push(line: string): boolean {
    const text = line.trim();
    // A documentation string may hold a session.
    const isInString = this.#literals.push(line) !== undefined;
    if (text === '') return false;
    this.#lines += 1;
    this.#isNumbered &&= !this.#hasNumbers && this.#isNumberedLine(line);
    if (this.#known.has(text)) return false;
    if (this.#isNumbered && this.#lines > 1) return true;
    // What cannot be seen before a line's code is not written.
    const written = line.slice(looseIndentOf(line).length);
    if (unprintableIn(written).some((char) => !this.#unprintable.has(char))) return true;
    if (!this.#hasSessions && !isInString && session.test(text)) return true;
    if (!this.#hasTokens && tokenAtEdge.test(text)) return true;
    if (!isProseLanguage(this.#target.languageId) && citation.test(text)) return true;
    if (!this.#hasEntities && entity.test(text) && entity.test(withoutQuoted(text))) return true;
    return this.#lines === 1 && !isMarkupLanguage(this.#target.languageId) && wrapper.test(text);
  }
}

/**
 * Whether code is a JSON object, or a list of them, that holds the code as a string, where the selection is no such
 * thing. A document of JSON may have any key.
 */
function isEnvelope(code: string, { document, start, end, languageId }: ReplyTarget): boolean {
  if (/^jsonc?$/.test(languageId)) return false;
  if (!/^\s*(?:\[\s*)?\{\s*"/.test(code) || /^\s*[{[]/.test(document.slice(start, end))) return false;
  try {
    const value: unknown = [JSON.parse(code)].flat()[0];
    return typeof value === 'object' && value !== null && Object.keys(value).some((key) => jsonKeys.test(key));
  } catch {
    return false;
  }
}

function unprintableIn(text: string): readonly string[] {
  return [...(text.match(control) ?? []), ...hiddenIn(text)];
}

const commentBegin = /^(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--|\(\*)/;
const commentEnd = /(?:\*\/|-->|\*\))$/;
const path = /^(?:(?:file(?:name)?|path):?\s*)?`?(?:[\w.@-]*[\\/])*[\w.@-]+\.[a-z]\w{0,5}`?(?::\d+(?:-\d+)?)?$/i;

/**
 * Whether the first line of code is a comment that only names a file, with which models say whose code it is. At the
 * start of a document such a comment may be meant.
 */
export function isPathComment(line: string, { document, start, end }: ReplyTarget): boolean {
  const text = line.trim();
  const begin = commentBegin.exec(text)?.[0];
  if (start === 0 || begin === undefined) return false;
  return (
    path.test(text.slice(begin.length).replace(commentEnd, '').trim()) &&
    !essence(document.slice(start, end)).includes(text)
  );
}

/** Code without such a line. */
export function withoutPathComment(code: string, target: ReplyTarget): string {
  const lines = splitLines(code);
  const first = lines.findIndex((line) => !isBlank(line));
  return isPathComment(lines[first] ?? '', target) ? lines.slice(first + 1).join('\n') : code;
}
