import { isLanguage } from './choice.ts';
import { essence, similarity } from './lines.ts';
import type { ReplyTarget } from './reply.ts';
import { isMarkupLanguage, isProseLanguage } from './target.ts';

/** Something that the model cannot do beside writing code, which it writes nevertheless. */
const beside =
  '(?! (?:\\w+ly )?(?:run|test|execute|compile|verify|check|see|view|open|tell|know|guarantee|confirm|be (?:sure|certain))\\b)';
const refusal = new RegExp(
  [
    `^(?:(?:i['’]?m|i am) )?(?:very |really |so )?(?:sorry|afraid)\\b.{0,80}?\\b(?:can(?:['’]?t|not| not)|unable|won['’]?t|not able|not possible)\\b${beside}`,
    `^(?:i apologi[sz]e|apologies|my apologies|unfortunately)\\b.{0,80}?\\bi(?:['’]?m| am)? (?:can(?:['’]?t|not| not)|unable|won['’]?t|not able)\\b${beside}`,
    "^(?:no, )?i (?:can(?:['’]?t|not| not)|won['’]?t|will not|am unable to|am not able to|must decline to|(?:have to|need to|must) decline)\\b,? (?:(?:to )?(?:help|assist|do|comply|fulfil+|provide|complete|rewrite|modify|edit|change|process|generate|continue|make|perform|write|create|access|support|share|with|that|this)\\b|$)",
    "^i(?:['’]?m| am) (?:unable|not able) to\\b",
    "^as an ai\\b.{0,120}?\\b(?:can(?:not|['’]t)|unable|not able)\\b",
    '^(?:this|that|your) request (?:violates|goes against|cannot)\\b',
  ].join('|'),
  'i',
);

/** Whether a reply begins by declining, also where it does so in a comment. */
export function isRefusal(text: string): boolean {
  const words = text.replaceAll(/^[\s>*_#/;%"'-]+/gm, '').replaceAll(/\s+/g, ' ');
  return refusal.test(words);
}

/** Whether code is nothing but comments, or no code at all. */
export function isOnlyWords(code: string): boolean {
  return essence(code).every((line) => comment.test(line) || isSentence(line));
}

/** Whether code is nothing but comments, those over several lines included; blank text is. */
export function isOnlyComments(code: string): boolean {
  return withoutStrings(code).every((line) => comment.test(line) && !directive.test(line));
}

/** Whether code for a document of code is said to the reader, or begins or ends with what is. */
export function isSpeech(code: string, { languageId, document, start, end }: ReplyTarget): boolean {
  if (isMarkupLanguage(languageId) || languageId === 'yaml') return false;
  const lines = withoutStrings(code);
  const known = new Set(essence(document.slice(start, end)));
  const isSaid = (line: string): boolean => /^(?:\*\*)?\p{Lu}.*[.?!:]$/u.test(line) && isSentence(line);
  if (lines.length > 0 && lines.every(isSaid)) return true;
  return [lines[0], lines.at(-1)].some(
    (line) => line !== undefined && !known.has(line) && chatter.test(line) && isSaid(line),
  );
}

const comment = /^(?:\/\/|#|\/\*|\*(?!\*\w)|--|;|%|<!--|"""|'''|REM\b|\(\*|\{-)/i;

/** What begins like a comment of another language, and is none. */
const directive = /^#(?:\[|include|define|undef|if|ifdef|ifndef|endif|pragma|region|import)/;

/** What a model says before and after its code, where nothing else tells it from code. */
const chatter =
  /^(?:sure|certainly|of course|okay|ok|here(?:['’]s| is| are| you (?:go|are)| we go)|below is|the (?:following|updated|code)|this (?:code|function|version|change|will)|note|i(?:['’]ve| have)|let me|explanation|changes|no (?:further |other )?(?:changes?|modifications?|edits?))\b|^\*\*|^#{1,6} .*(?:explanation|changes|notes?)\b/i;

/** Whether a line reads as a sentence rather than as code. */
function isSentence(line: string): boolean {
  const text = line.trim();
  if (text === '' || comment.test(text)) return false;
  if (chatter.test(text) && /[.:!]$|\s\w+\s\w+\s\w+/.test(text)) return true;
  if (/^\p{Lu}[\p{Ll}'’]+(?: [\p{L}'’]+)+:$/u.test(text)) return true;
  const words = text.split(/\s+/);
  const plain = words.filter((word) => plainWord.test(word)).length;
  if (/[;{}]$|=>|[=<>]=/.test(text) || endsInCall(text)) return false;
  if (words.length >= 4 && plain / words.length >= 0.7)
    return !/^(?:select|from|where|insert|update|delete|create|alter|if|for|while|return|import|not|and|or|else|elif|unless|with)\b.*(?<![.!?])$/i.test(
      text,
    );
  return /^(?:[-*•]|\d+[.)])\s+\S+ \S+/.test(text) && /[.!?]$/.test(text);
}

/** Letters between quotation and punctuation marks, each part told from the next by its first character. */
const plainWord = /^["'(`*]*[\p{L}’-][\p{L}'’-]*(?:[.,:;!?)"`*][.,:;!?)"'`*]*)?$/u;

/** Whether a line ends with a call, or with the head of a function: `f(x)`, `f(x) {`. */
function endsInCall(line: string): boolean {
  const call = line.search(/\w\(/);
  return call >= 0 && line.lastIndexOf(')') > call && /\)\s*[{:]?$/.test(line);
}

/** Whether a line looks like code of some language. */
function isCodeLine(line: string): boolean {
  return /[;{}()[\]=<>]|->|::|:\s*$|^\s*[@.#$]\w|^\s*["']?[\w-]+["']?\s*:\s|^\s*(?:return|import|from|break|continue|pass|else|end|fi|done|let|var|const|yield|raise|throw|select|where|-)\b/i.test(
    line,
  );
}

/** Whether a reply without any fence is code from its first line to its last, and none of it was said to the reader. */
export function isPlainCode(text: string, target: ReplyTarget): boolean {
  const selection = target.document.slice(target.start, target.end);
  const known = new Set(essence(selection));
  const lines = essence(text);
  const fresh = withoutStrings(text).filter((line) => !known.has(line));
  if (lines.some((line) => !known.has(line) && citation.test(line))) return false;
  if (isProseLanguage(target.languageId)) {
    return (
      lines[0] !== undefined &&
      known.has(lines[0]) &&
      known.has(lines.at(-1) ?? '') &&
      similarity(text, selection) >= 0.5
    );
  }
  if (fresh.some((line) => isSentence(line)) || isDressed(lines, known, target)) return false;
  const code = lines.filter((line) => known.has(line) || isCodeLine(line) || comment.test(line)).length;
  const onlyComments =
    lines.every((line) => comment.test(line)) && !essence(selection).every((line) => comment.test(line));
  return code * 3 >= lines.length * 2 && !onlyComments;
}

/** Whether code comes in what its fence has lost: the language's name, or backticks around a line. */
function isDressed(
  [first = '', ...others]: readonly string[],
  known: ReadonlySet<string>,
  target: ReplyTarget,
): boolean {
  if (known.has(first)) return false;
  if (others.length > 0) return isLanguage(first, target.languageId);
  return /^(`+)[^`]+\1$/.test(first) && !/^\s*`/.test(target.document.slice(target.start, target.end));
}

/** A source's mark at the end of a line, which no language has there. */
const citation = /[\s.;)}]\[\d+\](?:\[\d+\])*[.,]?$/;

/** The trimmed lines that are not inside a block comment or a string that spans lines. */
function withoutStrings(text: string): string[] {
  const kept: string[] = [];
  const endless = new Set<string>();
  let from = 0;
  for (const { index, 0: mark } of text.matchAll(/"""|'''|\/\*|<!--|`/g)) {
    if (index < from || endless.has(mark)) continue;
    const close = closers[mark] ?? mark;
    const end = text.indexOf(close, index + mark.length);
    if (end === -1) {
      endless.add(mark);
      continue;
    }
    const isLong = text.slice(index, end).includes('\n');
    kept.push(text.slice(from, isLong ? index : end + close.length));
    from = end + close.length;
  }
  kept.push(text.slice(from));
  return essence(kept.join(''));
}

const closers: Readonly<Record<string, string>> = { '/*': '*/', '<!--': '-->' };
