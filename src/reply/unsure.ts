import type { Translate } from '../shared/l10n.ts';

/**
 * Why a reply is not written:
 * - `refusal`: the model declined;
 * - `several`: more than one piece of code could be meant;
 * - `placeholder`: a comment stands for code that was left out;
 * - `cut`: the reply ended before its code did;
 * - `empty`: there is nothing in it;
 * - `diffDoesNotApply`: a diff or a search/replace block does not match the selection exactly;
 * - `notCode`: no code can be told from the words;
 * - `repeats`: the code begins or ends outside the selection, with changes there;
 * - `part`: the code is only the lines that change, or only how the code begins;
 * - `broken`: with the code, what follows it would be read otherwise than before;
 * - `count`: there is not one piece of code for each of several selections.
 */
export type UnsureReason =
  | 'refusal'
  | 'several'
  | 'placeholder'
  | 'cut'
  | 'empty'
  | 'diffDoesNotApply'
  | 'notCode'
  | 'repeats'
  | 'part'
  | 'broken'
  | 'count';

/** One sentence for the user: why nothing was written, and what to do. */
export function describeUnsure(reason: UnsureReason, t: Translate): string {
  return sentences[reason](t);
}

const sentences: Readonly<Record<UnsureReason, (t: Translate) => string>> = {
  refusal: (t) => t('The model declined, so nothing was written. Rephrase the instruction, or try another connection.'),
  several: (t) => t('The answer contains more than one possible edit, so nothing was written. Choose one.'),
  placeholder: (t) => t('The answer leaves out some of the code, so nothing was written. Ask for the complete code.'),
  cut: (t) => t('The answer was cut off, so nothing was written. Continue it, or select less code.'),
  empty: (t) => t('The answer contains no code, so nothing was written. Try again.'),
  diffDoesNotApply: (t) =>
    t("The answer is a diff that doesn't match the selection, so nothing was written. Ask for the complete code."),
  notCode: (t) => t('The model answered in words, so nothing was written. Read the answer and choose what to use.'),
  repeats: (t) =>
    t('The answer includes lines from outside the selection, so nothing was written. Compare it with your code first.'),
  part: (t) => t('The answer contains only the changed lines, so nothing was written. Ask for the complete code.'),
  broken: (t) =>
    t(
      'The answer would leave a bracket, a tag or a string open, so nothing was written. Compare it with your code first.',
    ),
  count: (t) =>
    t("The answer doesn't contain one piece of code for each selection, so nothing was written. Select only one."),
};
