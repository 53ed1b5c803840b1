import assert from 'node:assert/strict';
import { MarkdownPage } from './markdownPage.ts';

describe('Markdown', () => {
  it('of any kind shows the same wherever it was cut, and nothing that could do harm', async function () {
    this.timeout(300_000);
    await using page = await MarkdownPage.open();
    assert.equal(await page.fuzz(1, 300), undefined);
  });
});
