import assert from 'node:assert/strict';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';

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
});
