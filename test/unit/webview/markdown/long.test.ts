import assert from 'node:assert/strict';
import { BlockSplitter } from '../../../../src/webview/markdown/blocks.ts';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';

await loadLibraries();

describe('a paragraph that never ends', () => {
  for (const unit of ['word ', 'a line\n', '**b** `c` [x](y) ', '| a | b |\n', '[', '*a']) {
    it(`is shown, soon: ${JSON.stringify(unit)}`, () => {
      const renderer = new HtmlRenderer(() => []);
      for (const length of [1_000, 40_000, 4_000_000]) {
        const { html } = renderer.render(unit.repeat(length / unit.length));
        assert.ok(html.length > length / 4);
      }
    });
  }

  for (const unit of ['word ', 'a line\n', '字']) {
    it(`is cut into pieces that need not be written again, wherever it comes in two: ${JSON.stringify(unit)}`, () => {
      const text = unit.repeat(200_000 / unit.length);
      const whole = split(text);
      assert.ok(whole.length >= 5 && whole.every((piece) => piece.length <= 40_000));
      assert.equal(whole.join('').replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
      for (const cut of [1, 39_999, 40_000, 40_001, 100_000]) {
        assert.deepEqual(split(text.slice(0, cut), text.slice(cut)), whole);
      }
    });
  }
});

function split(...texts: readonly string[]): readonly string[] {
  const splitter = new BlockSplitter();
  for (const text of texts) splitter.push(text);
  splitter.end();
  return splitter.finished.map((block) => (block.kind === 'code' ? '' : block.text));
}
