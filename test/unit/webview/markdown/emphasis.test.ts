import assert from 'node:assert/strict';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';
import { settle } from '../../../../src/webview/markdown/tail.ts';

await loadLibraries();

const render = (markdown: string): string =>
  new HtmlRenderer(() => [])
    .render(markdown)
    .html.trim()
    .replace(/^<p>([\s\S]*)<\/p>$/, '$1');

/** Markdown and the HTML of its paragraph. */
const cases: readonly (readonly [markdown: string, html: string])[] = [
  ['他说**「你好」**然后走了。', '他说<strong>「你好」</strong>然后走了。'],
  ['**经过三年努力，**终于成功', '<strong>经过三年努力，</strong>终于成功'],
  ['**注意（Note）：**请先保存。', '<strong>注意（Note）：</strong>请先保存。'],
  ['**これは太字です（かっこ付き）。**次の文。', '<strong>これは太字です（かっこ付き）。</strong>次の文。'],
  ['先调用**`start()`**方法', '先调用<strong><code>start()</code></strong>方法'],
  ['메서드**`run()`**를 부른다', '메서드<strong><code>run()</code></strong>를 부른다'],
  ['*这是斜体（括号）。*下一句', '<em>这是斜体（括号）。</em>下一句'],
  ['~~已删除。~~新的', '<del>已删除。</del>新的'],
  ['𠮷**「野家」**𠮷', '𠮷<strong>「野家」</strong>𠮷'],
  ['**𠀀，**后', '<strong>𠀀，</strong>后'],
  ['a ** b ** c', 'a ** b ** c'],
  ['foo**bar**baz', 'foo<strong>bar</strong>baz'],
  ['foo_bar_baz', 'foo_bar_baz'],
  ['说_很好_吗', '说_很好_吗'],
  ['***both** one*', '<em><strong>both</strong> one</em>'],
  ['***one* both**', '<strong><em>one</em> both</strong>'],
  ['***a**', '*<strong>a</strong>'],
  ['**a*b**', '<strong>a*b</strong>'],
  ['*foo**bar*', '<em>foo**bar</em>'],
  ['*foo**bar**baz*', '<em>foo<strong>bar</strong>baz</em>'],
  ['**foo [bar*](https://a.example)**', '<strong>foo <a href="https://a.example">bar*</a></strong>'],
  ['about ~5 and ~6', 'about ~5 and ~6'],
  ['a"**b**"c', 'a&quot;<strong>b</strong>&quot;c'],
];

describe('emphasis', () => {
  for (const [markdown, html] of cases) {
    it(`of ${JSON.stringify(markdown)} follows CommonMark, and needs no blanks beside Chinese, Japanese and Korean`, () =>
      assert.equal(render(markdown), html));
  }

  it('is the same while an answer streams and at its end', () => {
    // What is still open may yet be closed, so it differs.
    for (const [markdown, html] of cases.filter(([text]) => text !== '***a**')) {
      const shown = render(settle(`${markdown} x`));
      assert.equal(shown, `${html} x`, markdown);
    }
  });
});

describe('a bare URL', () => {
  const links: readonly (readonly [text: string, target: string])[] = [
    ['参见 https://docs.example/guide，下面详细说明', 'https://docs.example/guide'],
    ['打开 https://docs.example/api（中文版）查看', 'https://docs.example/api'],
    ['网址：https://docs.example/a。', 'https://docs.example/a'],
    ['「https://docs.example/b」をご覧ください', 'https://docs.example/b'],
    ['https://zh.example/wiki/北京', 'https://zh.example/wiki/北京'],
    ['https://docs.example/c、https://docs.example/d', 'https://docs.example/c'],
    ['https://en.example/wiki/Foo_(bar), then', 'https://en.example/wiki/Foo_(bar)'],
    ['www.example.com！', 'http://www.example.com'],
  ];
  for (const [text, target] of links) {
    it(`in ${JSON.stringify(text)} ends before the punctuation`, () => {
      const [, href = ''] = /href="([^"]*)"/.exec(render(text)) ?? [];
      assert.equal(decodeURI(href), target);
    });
  }
});
