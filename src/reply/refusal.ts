import { essence } from './lines.ts';

/** Something that the model cannot do besides writing code, which it writes nevertheless. */
const besides =
  '(?! (?:\\w+ly )?(?:run|test|execute|compile|verify|check|see|view|open|tell|know|guarantee|confirm|be (?:sure|certain))\\b)';
const cannot = "(?:can(?:['’]?t|not| not)|unable|won['’]?t|will not|not able|not possible)\\b";
// linear: it begins where the text begins, and repeats at most 120 characters.
const refusal = new RegExp(
  [
    `^(?:(?:i['’]?m|i am) )?(?:very |really |so )?(?:sorry|afraid)\\b.{0,80}?\\b${cannot}${besides}`,
    `^(?:i apologi[sz]e|apologies|my apologies|unfortunately)\\b.{0,80}?\\bi(?:['’]?m| am)? ${cannot}${besides}`,
    `^(?:no, )?i (?:(?:am )?${cannot}|must decline|(?:have|need) to decline)${besides}`,
    '^(?:this|that|your) request (?:violates|goes against|cannot)\\b',
  ].join('|'),
  'i',
);

/** Whether a text begins by declining, also where it does so in a comment. It breaks ties alone. */
export function isRefusal(text: string): boolean {
  return refusal.test(
    text
      .slice(0, 2000)
      .replaceAll(/^[\s>*_#/;%"'-]+/gm, '')
      .replaceAll(/\s+/g, ' '),
  );
}

/** Whether code has nothing that the selection has not: a start at most. */
export function isExcerpt(code: string, selection: string): boolean {
  const part = essence(code).join('\n');
  const whole = essence(selection).join('\n');
  return part.length < whole.length && whole.includes(part);
}
