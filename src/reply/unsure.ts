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
  refusal: (t) =>
    t('The model declined, so nothing was written. Word the instruction differently, or try another model.'),
  several: (t) => t('The reply may mean more than one piece of code, so nothing was written. Choose one.'),
  placeholder: (t) =>
    t('The reply leaves code out and only mentions it, so nothing was written. Ask for the complete code.'),
  cut: (t) => t('The reply ended before its code did, so nothing was written. Continue it, or select less.'),
  empty: (t) => t('The reply holds no code, so nothing was written. Try again.'),
  diffDoesNotApply: (t) =>
    t('The reply is a diff that does not fit the selection, so nothing was written. Ask for the complete code.'),
  notCode: (t) => t('The reply is not clearly code, so nothing was written. Read it, and choose what to write.'),
  repeats: (t) =>
    t('The reply also has lines from outside the selection, so nothing was written. Compare before you write it.'),
  part: (t) => t('The reply has only the lines that change, so nothing was written. Ask for the complete code.'),
  broken: (t) =>
    t('The reply would leave a bracket, a tag, or a string open, so nothing was written. Compare before you write it.'),
  count: (t) =>
    t('The reply does not have one piece of code for each selection, so nothing was written. Select one of them.'),
};
