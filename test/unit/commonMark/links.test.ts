import assert from 'node:assert/strict';
import { HtmlRenderer } from '../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../src/webview/markdown/loadLibraries.ts';

await loadLibraries();

/** CommonMark 0.31, 6.3 and 6.5, in words of our own: Markdown, and the links as [target, text]. */
const cases: readonly (readonly [markdown: string, ...links: readonly (readonly [target: string, text: string])[]])[] =
  [
    ['[link](/uri "title")', ['/uri', 'link']],
    ['[link](/uri)', ['/uri', 'link']],
    ['[](./target.md)', ['./target.md', '']],
    ['[link]()', ['', 'link']],
    ['[link](<>)', ['', 'link']],
    ['[link](/my uri)'],
    ['[link](</my uri>)', ['/my%20uri', 'link']],
    ['[link](foo\nbar)'],
    ['[a](<b)c>)', ['b)c', 'a']],
    [String.raw`[link](\(foo\))`, ['(foo)', 'link']],
    ['[link](foo(and(bar)))', ['foo(and(bar))', 'link']],
    ['[link](foo(and(bar))'],
    [String.raw`[link](foo\(and\(bar\))`, ['foo(and(bar)', 'link']],
    ['[link](<foo(and(bar)>)', ['foo(and(bar)', 'link']],
    ['[link](#fragment)', ['#fragment', 'link']],
    ['[link](https://a.example?foo=3#frag)', ['https://a.example?foo=3#frag', 'link']],
    ["[link](/url 'title')", ['/url', 'link']],
    ['[link](/url (title))', ['/url', 'link']],
    ['[link] (/uri)'],
    ['[link [foo [bar]]](/uri)', ['/uri', 'link [foo [bar]]']],
    ['[link] bar](/uri)'],
    ['[link [bar](/uri)', ['/uri', 'bar']],
    [String.raw`[link \[bar](/uri)`, ['/uri', 'link [bar']],
    ['[link *foo **bar***](/uri)', ['/uri', 'link foo bar']],
    ['[foo [bar](/uri)](/uri)', ['/uri', 'bar']],
    ['*[foo*](/uri)', ['/uri', 'foo*']],
    ['[foo`](/uri)`'],
    ['`[foo](/uri)`'],
    ['[foo][bar]\n\n[bar]: /url "title"', ['/url', 'foo']],
    ['[bar][]\n\n[bar]: /url', ['/url', 'bar']],
    ['[bar]\n\n[bar]: /url', ['/url', 'bar']],
    ['[foo][BaR]\n\n[bar]: /url', ['/url', 'foo']],
    ['[foo][none]'],
    ['[foo]: /url'],
    ['<https://a.example/b>', ['https://a.example/b', 'https://a.example/b']],
    ['<a b>'],
    ['<me@mail.example>', ['mailto:me@mail.example', 'me@mail.example']],
    ['https://a.example/b', ['https://a.example/b', 'https://a.example/b']],
    [String.raw`\[foo](/uri)`],
    [String.raw`[foo\](/uri)`],
  ];

describe("CommonMark's links", () => {
  for (const [markdown, ...links] of cases) {
    it(JSON.stringify(markdown), () => {
      const renderer = new HtmlRenderer(() => []);
      renderer.finish();
      const { html } = renderer.render(markdown);
      const found = [...html.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
      assert.deepEqual(
        found.map(([, target = '', text = '']) => [unescaped(target), unescaped(text.replaceAll(/<[^>]*>/g, ''))]),
        links,
      );
    });
  }
});

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
