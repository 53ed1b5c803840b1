import assert from 'node:assert/strict';
import { describeUnsure, type UnsureReason } from '../../../src/reply/unsure.ts';
import { translator } from '../../../src/shared/l10n.ts';

/** What each sentence tells the user to do next. */
const nextSteps: Readonly<Record<UnsureReason, RegExp>> = {
  refusal: /\bRephrase the instruction\b/,
  several: /\bChoose one\b/,
  placeholder: /\bAsk for the complete code\b/,
  cut: /\bContinue it, or select less\b/,
  empty: /\bTry again\b/,
  diffDoesNotApply: /\bAsk for the complete code\b/,
  notCode: /\bchoose what to use\b/,
  repeats: /\bCompare it with your code\b/,
  part: /\bAsk for the complete code\b/,
  broken: /\bCompare it with your code\b/,
  count: /\bSelect only one\b/,
};

describe('why a reply was not written', () => {
  const sentences = new Map<string, string>();
  for (const [reason, step] of entries(nextSteps)) {
    it(`is told with the next step: ${reason}`, () => {
      const sentence = describeUnsure(reason, translator());
      assert.match(sentence, step);
      assert.match(sentence, /nothing was written/);
      assert.equal(sentences.get(sentence), undefined, 'another reason has the same sentence');
      sentences.set(sentence, reason);
    });
  }

  it('is told in the language of the user', () => {
    const english = describeUnsure('several', translator());
    assert.equal(describeUnsure('several', translator({ [english]: 'Mehrere.' })), 'Mehrere.');
  });
});

function entries<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  const list: [K, V][] = [];
  for (const key in record) list.push([key, record[key]]);
  return list;
}
