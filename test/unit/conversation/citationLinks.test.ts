import assert from 'node:assert/strict';
import { answerMarkdown, linkedText, sourceList, unlinkedText } from '../../../src/conversation/citationLinks.ts';

const citations = [
  { url: 'https://example.com/a', mark: '1', title: 'A [draft]' },
  { url: 'https://example.com/b_(c)', mark: '2' },
];

/** The text alone, without the list of sources. */
function body(text: string): string | undefined {
  return answerMarkdown({ text, citations }).split('\n\n1. ')[0];
}

describe('a copied answer', () => {
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
    it(`leaves ${JSON.stringify(text)} unchanged`, () => assert.equal(body(text), text));
  }

  it('resolves marks of every form, and lists uncited sources last', () => {
    const sources = [
      { url: 'https://example.com/other', title: 'Other' },
      { url: 'https://example.com/7', mark: '7' },
      { url: 'https://example.com/d', mark: 'doc2', title: 'Doc', date: '2026-03-01' },
      { url: '', mark: 'doc3', title: 'No page' },
      { url: 'https://example.com/m', mark: '5†source' },
      { url: 'https://example.com/r', mark: 'REF0' },
    ];
    const text = 'a[7][1] b[web:7] c[doc2] d【5†source】 e[REF]0[/REF] f[doc3]';
    const linked =
      'a[\\[7\\]](<https://example.com/7>)[1] b[\\[web:7\\]](<https://example.com/7>) ' +
      'c[\\[doc2\\]](<https://example.com/d>) d[【5†source】](<https://example.com/m>) ' +
      'e[\\[REF\\]0\\[/REF\\]](<https://example.com/r>) f[doc3]';
    assert.equal(linkedText(text, sources), linked);
    assert.equal(unlinkedText(linked), text);
    assert.match(
      sourceList(sources),
      /^7\. .*\n1\. \[Doc\]\(<.*>\), 2026-03-01\n2\. No page\n3\. .*\n4\. .*\n- \[Other\]/,
    );
  });

  it('is the plain text if there are no sources', () => {
    assert.equal(answerMarkdown({ text: 'Yes [1]', citations: [] }), 'Yes [1]');
  });
});
