import { replaceHidden, withHiddenShown } from '../shared/hidden.ts';

/** Characters of scripts that are written from right to left. */
export const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

const letter = /\p{L}/u;

/** The direction of most letters of a text: a Hebrew sentence may well begin with the name of a library. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  let rightMinusLeft = 0;
  for (const character of text) {
    if (rightToLeft.test(character)) rightMinusLeft += 1;
    else if (letter.test(character)) rightMinusLeft -= 1;
  }
  return rightMinusLeft > 0 ? 'rtl' : 'ltr';
}

/** Say on which side of a sign its words are, and turn nothing: texts from right to left need them. */
const marks: ReadonlySet<string> = new Set(['\u200E', '\u200F', '\u061C']);

/** A text of somebody else's as it is shown within ours: in the order, and so with the names, that are written. */
export function plain(text: string): string {
  return replaceHidden(text, (char) => (marks.has(char) ? char : ''));
}

/** Code with a sign for each character that cannot be seen, as long as the code itself. */
export function visibleCode(line: string): string {
  return withHiddenShown(line);
}
