import { replaceHidden, withHiddenShown } from '../shared/hidden.ts';

/** Characters of right-to-left scripts. */
export const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

const letter = /\p{L}/u;

/** The direction of most letters of a text: a Hebrew sentence may begin with the name of a library. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  let rightMinusLeft = 0;
  for (const character of text) {
    if (rightToLeft.test(character)) rightMinusLeft += 1;
    else if (letter.test(character)) rightMinusLeft -= 1;
  }
  return rightMinusLeft > 0 ? 'rtl' : 'ltr';
}

/** These only set the side of neutral characters and reorder nothing; right-to-left texts need them. */
const marks: ReadonlySet<string> = new Set(['\u200E', '\u200F', '\u061C']);

/** A foreign text for display within ours, in logical order, so that names appear as written. */
export function plain(text: string): string {
  return replaceHidden(text, (char) => (marks.has(char) ? char : ''));
}

/** Code with a visible sign of the same length for each invisible character. */
export function visibleCode(line: string): string {
  return withHiddenShown(line);
}
