import assert from 'node:assert/strict';
import { launchBrowser } from '../browser.ts';
import { pageBundle } from './pageBundle.ts';

describe('Markdown', () => {
  it('of any kind shows the same wherever it was cut, and nothing that could do harm', async function () {
    this.timeout(300_000);
    const { script } = await pageBundle('test/workbench/browser/inPage/fuzzMarkdown.ts');
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })');
    await page.addScriptTag({ content: script });
    const seeds = Number(process.env['ASKANCE_SEEDS'] ?? 300);
    assert.equal(await page.evaluate(`fuzzMarkdown(1, ${seeds})`), undefined);
  });
});
