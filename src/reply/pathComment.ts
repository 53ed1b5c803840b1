import { isLanguage } from './choice.ts';
import { essence, isBlank, splitLines } from './lines.ts';
import type { ReplyTarget } from './target.ts';

const leader = /^(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--|\(\*|'|REM\b)/i;
const closers = ['*/', '-->', '*)'];
/** A name before it, the path, and in which lines, or a word in brackets, after it. */
// linear: it begins where the text begins, and brackets hold no others.
const file =
  /^(?:([\p{L} ]{1,20}):\s*)?[`"]?([^\s`"]+\.\p{L}\w{0,9})[`"]?(?::\d+(?:-\d+)?)?(?:\s*[([][^()[\]]*[)\]])?$/u;

/**
 * Whether the first line of code is a comment that only names a file, with which models say whose code it is. At the
 * start of a document such a comment may be meant.
 */
export function isPathComment(line: string, { document, start, end, languageId }: ReplyTarget): boolean {
  const text = line.trim();
  const [, label, path = ''] = file.exec(said(text)) ?? [];
  if (path === '' || start === 0 || /:\/\//.test(path)) return false;
  if (essence(document.slice(start, end)).includes(text)) return false;
  if (/[\\/]/.test(path) || (label !== undefined && /file|path/i.test(label))) return true;
  // A name without a folder may be that of a library.
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return label === undefined && isLanguage(extension, languageId) && !/^\p{Lu}.*\.js$/u.test(path);
}

/** What a comment says, without its marks; empty where there is none. */
function said(text: string): string {
  const [mark] = leader.exec(text) ?? [];
  if (mark === undefined) return '';
  const closer = closers.find((end) => text.endsWith(end)) ?? '';
  return text.slice(mark.length, text.length - closer.length).trim();
}

/** Code without such a line. */
export function withoutPathComment(code: string, target: ReplyTarget): string {
  const lines = splitLines(code);
  const first = lines.findIndex((line) => !isBlank(line));
  return isPathComment(lines[first] ?? '', target) ? lines.slice(first + 1).join('\n') : code;
}
