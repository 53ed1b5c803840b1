import { declared } from './choice.ts';
import { essence, similarity } from './lines.ts';
import { isOnlyComments } from './prose.ts';
import type { ReplyTarget } from './reply.ts';
import { isProseLanguage } from './target.ts';

/** Whether code can be only a part of what the selection becomes: it ends where a block begins, or has lost the code. */
export function isPart(code: string, { document, start, end, languageId }: ReplyTarget): boolean {
  const selection = document.slice(start, end);
  const last = essence(code).at(-1) ?? '';
  if (isProseLanguage(languageId)) return false;
  if (opensBlock(last, languageId) && !opensBlock(essence(selection).at(-1) ?? '', languageId)) return true;
  // A comment may well take the place of one statement.
  const isLong = essence(selection).length > 1 && !isOnlyComments(selection);
  return isLong && isOnlyComments(code) && similarity(code, selection) < 0.5;
}

function opensBlock(line: string, languageId: string): boolean {
  return /[{([]$/.test(line) || (languageId === 'python' && line.endsWith(':'));
}

/** Whether the words before short code say that only those lines change. */
export function isSaidToBePart(code: string, introduction: string, target: ReplyTarget): boolean {
  const selection = target.document.slice(target.start, target.end);
  const whole = essence(selection).length;
  const [name] = declared(selection);
  return (
    whole >= 4 &&
    essence(code).length * 2 <= whole &&
    (name === undefined || !declared(code).includes(name)) &&
    changesLines.test(introduction)
  );
}

const changesLines =
  /\b(?:only|just) (?:need |have )?(?:to )?(?:change|replace|update|modify|edit)\b|\b(?:replace|change|update|modify|edit) (?:the |this |that |only |just )*(?!these |those |all )(?:\w+ )?lines?\b|\badd (?:the following|this)(?: line)? (?:to|at|before|after|above|below|inside|in)\b|\bone-line (?:change|fix)\b/i;
