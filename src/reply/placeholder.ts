import { essence, indentOf, splitLines, withoutQuoted } from './lines.ts';
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
    `\\b(?:rest|remainder) of (?:the |your |my |this |original |existing |previous )*${thing}\\b`,
    `\\b(?:${thing}|rest|remainder|others?|above|below|else)\\b(?: \\w+)? (?:remains?|stays?|is|are|goes|kept)(?: exactly)? (?:the same|unchanged|as (?:before|is)|here|identical)`,
    `^(?:the |your |all )?(?:rest|existing|remaining|previous|unchanged|other|original|same)(?: existing)? ${thing}(?: (?:here|above|below|unchanged|remains?|stays?|continues|goes here|omitted).*)?$`,
    `^(?:${thing} )?(?:unchanged|omitted|same as (?:before|above|original)|no changes?(?: needed| here| below| above)?)$`,
    '^nothing (?:else )?(?:to change|(?:needs?|has) to (?:be )?change|changes?|changed)\\b',
    '\\b(?:are|remain|stay) unchanged$',
    `^(?:the |your |all )?existing (?:${more})$`,
    '\\bomitted for brevity\\b|^(?:keep|leave) (?:the |your )?(?:rest|existing)\\b',
  ].join('|'),
  'i',
);
/** What is left, and later in the line what becomes of it. */
const left = /\b(?:rest|remainder) of |\b(?:keep|leave) (?:the |your |all )?(?:rest|existing|remaining|other)\b/i;
const asItWas = /\b(?:unchanged|the same|same|omitted|as before|as is|here)\b/i;
/** The same in other languages, for those who ask in them. */
const saidElsewhere =
  /\brest (?:des|der|vom) |\b(?:bleib(?:t|en)|ist|sind) (?:unverändert|gleich)$|^unverändert|\breste du (?:code|fichier)|inchangée?s?$|\bresto del? |\bresto do |\bsin cambios$|\bsem alterações$|permanece igual$|без изменений$|остальн\S{1,8} код|(?:保持|维持)?不变$|(?:其余|其他|现有|原有)代码$|省略$|変更なし$|既存のコード$|(?:기존|나머지) 코드$/i;
const leader = "(?:\\/\\/+|#+|\\/\\*+|\\*|--+|;+|%+|<!--|\\{\\/\\*|\\(\\*|\\{-|\"\"\"|'''|REM\\b|')";
const commentBegin = new RegExp(`^${leader}`, 'i');
const commentEnd = /(?:\*\/\}?|-->|\*\)|-\}|"""|''')$/;
const comment = new RegExp(`(?:^|\\s|[{(\\[])(?:\\/\\/+|#+|\\/\\*+|--|;+|%+|<!--)\\s*[([<]?${dots}`);
const bare = new RegExp(`^[([<]?\\s*${dots}`);
const emptied = new RegExp(`[{]\\s*${dots}\\s*[}]`);
const onlyDots = new RegExp(`^${dots}$`);
const dotsFirst = new RegExp(`^${dots}`);
const bracketedDotsFirst = new RegExp(`^[([<]?${dots}`);

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
    const isBody = opensBody(previous) && indentOf(line).length > indentOf(previous).length;
    return line.trim() === '...' && isBody && !this.#selected.has(previous.trim());
  }
}

function isPlaceholder(line: string, languageId: string): boolean {
  if (isProseLanguage(languageId)) {
    if (onlyDots.test(line)) return true;
    const begin = /^(?:<!--|\[|\(|%+)/.exec(line)?.[0];
    const end = begin?.startsWith('%') ? '' : /(?:-->|\]|\))$/.exec(line)?.[0];
    if (begin === undefined || end === undefined) return false;
    const words = line.slice(begin.length, line.length - end.length).trim();
    return isSaid(words) || dotsFirst.test(words);
  }
  const begin = commentBegin.exec(line)?.[0];
  if (begin !== undefined) {
    const words = line.slice(begin.length).replace(commentEnd, '').trim();
    if (isSaid(words) || bracketedDotsFirst.test(words)) return true;
  }
  if (comment.test(line) || emptied.test(withoutQuoted(line))) return true;
  if (isSaid(commentOfBody(line))) return true;
  return bare.test(line) && !/^\.{3}(?:[\w$([{]|\s*\)[;{]?$)/.test(line);
}

/** What a body says that is nothing but a comment, in braces or after `pass`. */
function commentOfBody(line: string): string {
  const [pass] = /^pass\s+#/.exec(line) ?? [];
  if (pass !== undefined) return line.slice(pass.length);
  const open = /\{\s*\/\*/.exec(line);
  const begin = open ? open.index + open[0].length : line.length;
  const end = line.indexOf('*/', begin);
  return end >= 0 &&
    line
      .slice(end + 2)
      .trimStart()
      .startsWith('}')
    ? line.slice(begin, end)
    : '';
}

/** Whether a line of Python ends with the colon of a body, or with a comment after one. */
function opensBody(line: string): boolean {
  return line.trimEnd().endsWith(':') || /:\s*#/.test(line);
}

function isSaid(comment: string): boolean {
  const words = bareWords(comment);
  const what = left.exec(words);
  if (what && asItWas.test(words.slice(what.index + what[0].length))) return true;
  return said.test(words) || saidElsewhere.test(words);
}

function bareWords(words: string): string {
  const text = words.replace(/^[\s.…([<*=~-]+/, '');
  let end = text.length;
  while (end > 0 && /[\s.…)\]>*=~-]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
