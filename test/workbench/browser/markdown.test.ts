import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { join } from 'node:path';
import { launchBrowser } from '../browser.ts';
import { project } from '../paths.ts';

describe('Markdown', () => {
  it('of any kind shows the same wherever it was cut, and nothing that could do harm', async function () {
    this.timeout(300_000);
    const { outputFiles } = await build({
      entryPoints: [join(project, 'test/workbench/browser/inPage/fuzzMarkdown.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.svg': 'text' },
      logLevel: 'error',
    });
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })');
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    const seeds = Number(process.env['ASKANCE_SEEDS'] ?? 300);
    assert.equal(await page.evaluate(`fuzzMarkdown(1, ${seeds})`), undefined);
  });
});
