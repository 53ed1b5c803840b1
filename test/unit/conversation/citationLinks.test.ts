import assert from 'node:assert/strict';
import { answerMarkdown } from '../../../src/conversation/citationLinks.ts';

const citations = [{ url: 'https://example.com/a', title: 'A [draft]' }, { url: 'https://example.com/b_(c)' }];

/** The text alone, without the list of sources. */
function body(text: string): string | undefined {
  return answerMarkdown({ text, citations }).split('\n\n1. ')[0];
}

describe('copied answer', () => {
  it('has its marks as links and its sources below', () => {
    assert.equal(
      answerMarkdown({ text: 'So it is [1].', citations }),
      'So it is [\\[1\\]](<https://example.com/a>).\n\n' +
        '1. [A \\[draft\\]](<https://example.com/a>)\n2. [https://example.com/b_(c)](<https://example.com/b_(c)>)\n',
    );
  });

  it('links each number of a mark', () => {
    assert.equal(body('x [1, 2]'), 'x [\\[1\\]](<https://example.com/a>)[\\[2\\]](<https://example.com/b_(c)>)');
  });

  for (const text of [
    '`a[1]` is code',
    '``a[1] ` b``',
    '```js\na[1]\n```',
    '[1](https://other.example)',
    'none [3]',
    '[0]',
  ]) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => assert.equal(body(text), text));
  }

  it('is the text where there are no sources', () => {
    assert.equal(answerMarkdown({ text: 'Yes [1]', citations: [] }), 'Yes [1]');
  });
});
