import assert from 'node:assert/strict';
import { readReply } from '../../../src/reply/reply.ts';
import { loadReplyCases, type ReplyCase } from '../../replies/load.ts';

const cases = loadReplyCases();

describe('the corpus of replies', () => {
  for (const example of cases) {
    it(example.name, () => {
      assert.equal(outcomeOf(example), expectedOf(example), example.name);
    });
  }

  it('has at least 150 cases, 5 of each shape, 40 that are offered, in 6 languages', () => {
    const shapes = Map.groupBy(cases, ({ shape }) => shape);
    const few = [...shapes].filter(([, examples]) => examples.length < 5).map(([shape]) => shape);
    assert.deepEqual(few, [], 'shapes with fewer than 5 cases');
    assert.ok(cases.length >= 150, `${cases.length} cases`);
    assert.ok(cases.filter(({ expected }) => expected.kind === 'offered').length >= 40, 'offered cases');
    assert.ok(new Set(cases.map(({ target }) => target.languageId)).size >= 6, 'languages');
  });
});

/** What the user gets, with everything visible that a diff of two texts would not show. */
function outcomeOf({ reply, finish, target, expected }: ReplyCase): string {
  const result = readReply(reply, finish, target);
  const written = (text: string) => target.document.slice(0, target.start) + text + target.document.slice(target.end);
  if (result.kind === 'code') return visible('written', written(result.text));
  const shown = expected.kind === 'offered' && expected.text !== undefined ? result.candidates[0] : undefined;
  return visible(`offered: ${result.reason}`, shown === undefined ? '' : written(shown));
}

function expectedOf({ expected }: ReplyCase): string {
  if (expected.kind === 'file') return visible('written', expected.text);
  return visible(`offered: ${expected.reason}`, expected.text ?? '');
}

function visible(title: string, text: string): string {
  return `${title}\n${text.replaceAll('\t', '␉').replaceAll('\r', '␍').replaceAll(/ $/gm, '␠')}`;
}
