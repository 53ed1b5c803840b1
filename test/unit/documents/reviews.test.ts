import assert from 'node:assert/strict';
import type { VirtualTexts } from '../../../src/documents/virtualTexts.ts';
import { anchorOf, FakeDocument, open } from './vsCode.ts';

const { Reviews } = await import('../../../src/documents/reviews.ts');

const old = 'alpha\nbravo\ncharlie\ndelta\n';
const around = (text: string) => `before\n${text}after\n`;

async function begin(...versions: readonly string[]) {
  const document = open(new FakeDocument(around(old)));
  const anchor = anchorOf(document, old);
  for (const version of versions) assert.equal(await anchor.replace(version), 'applied');
  const reviews = new Reviews({} as VirtualTexts);
  const end = reviews.review(anchor, old);
  // Comparing lines is loaded first.
  await new Promise(setImmediate);
  return { document, anchor, reviews, end };
}

describe('a review', () => {
  for (const [what, reply] of [
    ['first', old.replace('alpha\n', '')],
    ['last', old.replace('delta\n', '')],
    ['second', old.replace('bravo\n', '')],
  ] as const) {
    it(`ends when an undo brings back the ${what} line`, async () => {
      const { document, reviews, end } = await begin(reply);
      document.undo();
      assert.equal(await end, 'undone');
      await reviews.undo();
      assert.equal(document.getText(), around(old));
    });
  }

  it('of a second version goes on with the first after an undo', async () => {
    const first = old.replace('charlie', 'CHARLIE');
    const { document, reviews, end } = await begin(first, first.replace('bravo\n', ''));
    document.undo();
    assert.equal(document.getText(), around(first));
    await reviews.undo();
    assert.equal(await end, 'undone');
    assert.equal(document.getText(), around(old));
  });
});
