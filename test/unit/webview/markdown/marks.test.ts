import assert from 'node:assert/strict';
import { formulaAt } from '../../../../src/webview/markdown/formulas.ts';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';

await loadLibraries();

describe('marks in an answer', () => {
  const rendered = (text: string): string => {
    const renderer = new HtmlRenderer(() => [
      { url: 'https://a.example/', mark: '1' },
      { url: 'https://d.example/', mark: 'doc2' },
      { url: 'https://m.example/', mark: '6†source' },
    ]);
    renderer.render(text);
    renderer.finish();
    return renderer.render(text).html;
  };

  for (const text of [
    'It costs $5 per month, or $10 and more.',
    'US$5 and A$6',
    'from $HOME to $PATH',
    '$HOME:$PATH',
    'between $1,000 and $2,000',
    'a lone $ and $ another',
    'arr\\[i\\] and f\\(x\\)',
    '`$x$`',
    '$x `code` y$',
  ]) {
    it(`are no formulas in ${text}`, () => assert.doesNotMatch(rendered(text), /<var>|<samp>/));
  }

  for (const [text, tex] of [
    ['$x$', 'x'],
    ['so $a_1 * b_2$, and', 'a_1 * b_2'],
    ['\\(O(n \\log n)\\)', 'O(n \\log n)'],
    ['$\\text{if and only if } x$', '\\text{if and only if } x'],
    ['($x + y$)', 'x + y'],
  ] as const) {
    it(`are a formula in ${text}`, () => {
      assert.ok(rendered(text).includes(`<var>${tex}</var>`), rendered(text));
    });
  }

  it('may become a formula only as long as no prose stands in it', () => {
    assert.equal(formulaAt('$5 per', 0), 'open');
    assert.equal(formulaAt('$5 per month', 0), undefined);
    assert.equal(formulaAt('$x + y$', 0), 'open');
    assert.equal(formulaAt('$x + y$.', 0, ' ') === 'open', false);
  });

  it('take the address of a link from a definition that is whole, not from its beginning', () => {
    const renderer = new HtmlRenderer(() => []);
    const beginning = '[d]: https://a.ex';
    renderer.render(beginning, false);
    renderer.render(`${beginning}ample/`);
    assert.match(renderer.render('[d]').html, /href="https:\/\/a\.example\/"/);
  });

  it('lead to what the answer itself defines, where the server names no source', () => {
    const defined = '\n\n[1]: https://own.example/x\n[2]: https://b.example/?a=1&b=2 "B"';
    assert.match(
      rendered(`Some [2][3] here.${defined}`),
      /Some \[<a href="https:\/\/b\.example\/\?a=1&#38;b=2">2<\/a>\]\[3\] here/,
    );
    assert.match(rendered(`The first [1].${defined}`), /The first <cite>1<\/cite>/);
    assert.match(rendered(`In code \`[2]\`.${defined}`), /<code>\[2\]<\/code>/);
  });

  it('mean sources by their marks in whatever form, and are text without one', () => {
    assert.match(
      rendered('a[web:1] b[doc2] c[1, 1]'),
      /a<cite>1<\/cite> b<cite>doc2<\/cite> c<cite>1<\/cite><cite>1<\/cite>/,
    );
    assert.match(rendered('a <b【6†source】'), /a &#60;b<cite>6†source<\/cite>/);
    for (const text of ['a[2]', 'a[doc1]', 'a【5†source】', 'a[REF]0[/REF]', '`a[1]`', 'a[1](https://b.example/)']) {
      assert.doesNotMatch(rendered(text), /<cite>/, text);
    }
  });

  it('lead to footnotes where there are such, and are text where not', () => {
    assert.match(rendered('One[^a] and two[^b].\n\n[^b]: The note.'), /One\[\^a\] and two<dfn>\d<\/dfn>/);
  });

  it('have the numbers at the end of a stream that they have at once', () => {
    const parts = ['Text[^none], and more[^b].', '> [^b]: The note.'];
    const renderer = new HtmlRenderer(() => []);
    for (const part of parts) renderer.render(part);
    renderer.finish();
    assert.match(
      parts.map((part) => renderer.render(part).html).join(''),
      /Text\[\^none\].*<dfn>1<\/dfn>.*<dt>1<\/dt>/s,
    );
  });

  it('of sources and of footnotes are told apart', () => {
    assert.match(rendered('One[1][^1].\n\n[^1]: Note.'), /<cite>1<\/cite><dfn>1<\/dfn>/);
  });
});
