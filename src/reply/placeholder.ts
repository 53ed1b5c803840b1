import { essence, indentOf, splitLines } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { isProseLanguage } from './target.ts';

const dots = '(?:\\.{3,}|…)';
const thing =
  '(?:code|file|function|functions|method|methods|class|classes|implementation|logic|content|contents|body|script|module|component|imports?|tests?|styles?|rules?|fields?|properties|config(?:uration)?|document|section|sections|lines?|program|handlers?|routes?|cases?|everything|all|it|this)';
/** What is left out only where it is called the existing one. */
const more =
  'attributes|columns|components|dependencies|elements|entries|fields|hooks|items|jobs|members|options|props|services|settings|steps|types|variables';
const said = new RegExp(
  [
    '\\b(?:rest|remainder) of .*\\b(?:unchanged|the same|omitted|as before|as is|here)\\b',
    `\\b(?:rest|remainder) of (?:the |your |my |this |original |existing |previous )*${thing}\\b`,
    `\\b(?:${thing}|rest|remainder|others?|above|below|else)\\b(?: \\w+)? (?:remains?|stays?|is|are|goes|kept)(?: exactly)? (?:the same|unchanged|as (?:before|is)|here|identical)`,
    `^(?:the |your |all )?(?:rest|existing|remaining|previous|unchanged|other|original|same)(?: existing)? ${thing}(?: (?:here|above|below|unchanged|remains?|stays?|continues|goes here|omitted).*)?$`,
    `^(?:${thing} )?(?:unchanged|omitted|same as (?:before|above|original)|no changes?(?: needed| here| below| above)?)$`,
    '^nothing (?:else )?(?:to change|(?:needs?|has) to (?:be )?change|changes?|changed)\\b',
    '\\b(?:are|remain|stay) unchanged$',
    `^(?:the |your |all )?existing (?:${more})$`,
    '\\bomitted for brevity\\b|\\b(?:keep|leave) (?:the |your |all )?(?:rest|existing|remaining|other)\\b.*\\b(?:as is|unchanged|same|here)\\b|^(?:keep|leave) (?:the |your )?(?:rest|existing)\\b',
  ].join('|'),
  'i',
);
/** The same in other languages, for those who ask in them. */
const saidElsewhere =
  /\brest (?:des|der|vom) |\b(?:bleib(?:t|en)|ist|sind) (?:unverändert|gleich)$|^unverändert|\breste du (?:code|fichier)|inchangée?s?$|\bresto del? |\bresto do |\bsin cambios$|\bsem alterações$|permanece igual$|без изменений$|остальн\S+ код|(?:保持|维持)?不变$|(?:其余|其他|现有|原有)代码$|省略$|変更なし$|既存のコード$|(?:기존|나머지) 코드$/i;
const leader = "(?:\\/\\/+|#+|\\/\\*+|\\*|--+|;+|%+|<!--|\\{\\/\\*|\\(\\*|\\{-|\"\"\"|'''|REM\\b|')";
const wholeComment = new RegExp(`^${leader}\\s*(.*?)\\s*(?:\\*+\\/\\}?|-->|\\*\\)|-\\}|"""|''')?$`, 'i');
const comment = new RegExp(`(?:^|\\s|[{(\\[])(?:\\/\\/+|#+|\\/\\*+|--|;+|%+|<!--)\\s*[([<]?${dots}`);
const bare = new RegExp(`^[([<]?\\s*${dots}\\s*(?:\\S.*)?$`);
const emptied = new RegExp(`[{]\\s*${dots}\\s*[}]`);
const onlyDots = new RegExp(`^${dots}$`);
const dotsFirst = new RegExp(`^${dots}`);
const bracketedDotsFirst = new RegExp(`^[([<]?${dots}`);
/** A body that is nothing but a comment. */
const commentBody = /\{\s*\/\*+\s*(.*?)\s*\*+\/\s*\}|^pass\s+#+\s*(.*)$/;

/** Whether a reply has lines that stand for code it left out ("// … rest unchanged …") and are not in the selection. */
export function hasPlaceholder(code: string, target: ReplyTarget): boolean {
  const reader = new PlaceholderReader(target);
  return splitLines(code).some((line) => reader.push(line));
}

/** Finds placeholders line by line. */
export class PlaceholderReader {
  readonly #selected: ReadonlySet<string>;
  readonly #languageId: string;
  /** How often each line of the selection may still come. */
  readonly #own = new Map<string, number>();
  #previous = '';

  constructor({ document, start, end, languageId }: ReplyTarget) {
    const lines = essence(document.slice(start, end));
    for (const line of lines) this.#own.set(line, (this.#own.get(line) ?? 0) + 1);
    this.#selected = new Set(lines);
    this.#languageId = languageId;
  }

  /** Whether the line is a placeholder. */
  push(line: string): boolean {
    const text = line.trim();
    const previous = this.#previous;
    if (text !== '') this.#previous = line;
    const count = this.#own.get(text) ?? 0;
    if (count > 0) this.#own.set(text, count - 1);
    else return isPlaceholder(text, this.#languageId) && !this.#isStub(line, previous);
    return false;
  }

  /** Python writes an empty body as `...`, which drops nothing where the selection has no body of that name. */
  #isStub(line: string, previous: string): boolean {
    const isBody = /:\s*(?:#.*)?$/.test(previous) && indentOf(line).length > indentOf(previous).length;
    return line.trim() === '...' && isBody && !this.#selected.has(previous.trim());
  }
}

function isPlaceholder(line: string, languageId: string): boolean {
  if (isProseLanguage(languageId)) {
    if (onlyDots.test(line)) return true;
    const [, bracketed, commented] = /^(?:<!--|\[|\()\s*(.*?)\s*(?:-->|\]|\))$|^%+\s*(.*)$/.exec(line) ?? [];
    const words = bracketed ?? commented;
    return words !== undefined && (isSaid(words) || dotsFirst.test(words));
  }
  const words = wholeComment.exec(line)?.[1];
  if (words !== undefined && (isSaid(words) || bracketedDotsFirst.test(words))) return true;
  if (comment.test(line) || emptied.test(withoutQuoted(line))) return true;
  const [, inBraces, behindPass] = commentBody.exec(line) ?? [];
  if (isSaid(inBraces ?? behindPass ?? '')) return true;
  return bare.test(line) && !/^\.{3}(?:[\w$([{]|\s*\)[;{]?$)/.test(line);
}

function isSaid(comment: string): boolean {
  const words = bareWords(comment);
  return said.test(words) || saidElsewhere.test(words);
}

function bareWords(words: string): string {
  return words.replaceAll(/^[\s.…([<*=~-]+|[\s.…)\]>*=~-]+$/g, '');
}

function withoutQuoted(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
}
