import { essence, indentOf, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { isProseLanguage } from './target.ts';

const dots = '(?:\\.{3,}|…)';
const thing =
  '(?:code|file|function|functions|method|methods|class|classes|implementation|logic|content|contents|body|script|module|component|imports?|tests?|styles?|rules?|fields?|properties|config(?:uration)?|document|section|sections|lines?|program|handlers?|routes?|cases?|everything|all|it|this)';
const said = new RegExp(
  [
    '\\b(?:rest|remainder) of .*\\b(?:unchanged|the same|omitted|as before|as is|here)\\b',
    `\\b(?:rest|remainder) of (?:the |your |my |this |original |existing |previous )*${thing}\\b`,
    `\\b(?:${thing}|rest|remainder|others?|above|below|else)\\b(?: \\w+)? (?:remains?|stays?|is|are|goes|kept)(?: exactly)? (?:the same|unchanged|as (?:before|is)|here|identical)`,
    `^(?:the |your |all )?(?:rest|existing|remaining|previous|unchanged|other|original|same)(?: existing)? ${thing}(?: (?:here|above|below|unchanged|remains?|stays?|continues|goes here|omitted).*)?$`,
    `^(?:${thing} )?(?:unchanged|omitted|same as (?:before|above|original)|no changes?(?: needed| here| below| above)?)$`,
    '\\bomitted for brevity\\b|\\b(?:keep|leave) (?:the |your |all )?(?:rest|existing|remaining|other)\\b.*\\b(?:as is|unchanged|same|here)\\b|^(?:keep|leave) (?:the |your )?(?:rest|existing)\\b',
  ].join('|'),
  'i',
);
const leader = "(?:\\/\\/+|#+|\\/\\*+|\\*|--+|;+|%+|<!--|\\{\\/\\*|\\(\\*|\\{-|\"\"\"|'''|REM\\b|')";
const wholeComment = new RegExp(`^${leader}\\s*(.*?)\\s*(?:\\*+\\/\\}?|-->|\\*\\)|-\\}|"""|''')?$`, 'i');
const comment = new RegExp(`(?:^|\\s|[{(\\[])(?:\\/\\/+|#+|\\/\\*+|--|;+|%+|<!--)\\s*[([<]?${dots}`);
const bare = new RegExp(`^[([<]?\\s*${dots}\\s*(?:\\S.*)?$`);
const emptied = new RegExp(`[{]\\s*${dots}\\s*[}]`);

/**
 * The lines of a reply that stand for code it left out ("// … rest unchanged …") and are not in the selection.
 *
 * @returns trimmed lines
 */
export function placeholdersIn(code: string, target: ReplyTarget): string[] {
  const selection = target.document.slice(target.start, target.end);
  const own = new Map<string, number>();
  for (const line of essence(selection)) own.set(line, (own.get(line) ?? 0) + 1);
  const lines = splitLines(code);
  return lines.flatMap((whole, index) => {
    const line = whole.trim();
    const count = own.get(line) ?? 0;
    if (count > 0) {
      own.set(line, count - 1);
      return [];
    }
    const previous = lines.slice(0, index).findLast((other) => !isBlank(other)) ?? '';
    return isPlaceholder(line, target.languageId) && !isStub(whole, previous, selection) ? [line] : [];
  });
}

function isPlaceholder(line: string, languageId: string): boolean {
  if (isProseLanguage(languageId)) {
    const words = /^(?:<!--|\[|\()\s*(.*?)\s*(?:-->|\]|\))$/.exec(line)?.[1];
    return words !== undefined && (said.test(bareWords(words)) || new RegExp(`^${dots}`).test(words));
  }
  const words = wholeComment.exec(line)?.[1];
  if (words !== undefined && (said.test(bareWords(words)) || new RegExp(`^[([<]?${dots}`).test(words))) return true;
  if (comment.test(line) || emptied.test(withoutQuoted(line))) return true;
  return bare.test(line) && !/^\.{3}[\w$([{]/.test(line);
}

/** Python writes an empty body as `...`, which drops nothing where the selection has no body of that name. */
function isStub(line: string, previous: string, selection: string): boolean {
  if (line.trim() !== '...' || !/:\s*(?:#.*)?$/.test(previous) || indentOf(line).length <= indentOf(previous).length) {
    return false;
  }
  return !essence(selection).includes(previous.trim());
}

function bareWords(words: string): string {
  return words.replaceAll(/^[\s.…([<*-]+|[\s.…)\]>*-]+$/g, '');
}

function withoutQuoted(line: string): string {
  return line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
}
