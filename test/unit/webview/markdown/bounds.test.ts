import assert from 'node:assert/strict';
import { HtmlRenderer } from '../../../../src/webview/markdown/html.ts';
import { loadLibraries } from '../../../../src/webview/markdown/loadLibraries.ts';
import { longestReferences } from '../../../../src/shared/limits.ts';

await loadLibraries();

function html(...blocks: readonly string[]): string {
  const renderer = new HtmlRenderer(() => []);
  return blocks.map((block) => renderer.render(block).html).join('');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

describe('Markdown that would multiply', () => {
  it('makes no table of a few kilobytes a million cells', () => {
    for (const columns of [40, 800, 3000]) {
      const table = `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|\n'.repeat(5000)}`;
      const shown = html(table);
      assert.ok(count(shown, /<t[dh][ >]/g) < 2 * table.length);
      assert.ok(shown.length < 20 * table.length);
    }
  });

  it('shows the rows after that as text', () => {
    const table = `${'|a'.repeat(800)}|\n${'|-'.repeat(800)}|\n${'|\n'.repeat(500)}| the last`;
    assert.match(html(table), /<\/table>[^]*\| the last/);
  });

  it('keeps tables that people write, with cells missing', () => {
    const row = `|${' cell |'.repeat(20)}\n`;
    const table = `${row}|${'---|'.repeat(20)}\n${row.repeat(200)}| only one\n`;
    const shown = html(table);
    assert.equal(count(shown, /<tr>/g), 202);
    assert.equal(count(shown, /<t[dh][ >]/g), 202 * 20);
    assert.doesNotMatch(shown, /\|/);
  });

  it('shows a link whose address is a text as its words', () => {
    const address = `https://a.example/${'p'.repeat(30_000)}`;
    for (const link of [`[the *page*](${address})`, '[the *page*][1]'])
      assert.equal(html(`[1]: ${address}`, link).trim(), '<p>the <em>page</em></p>');
    assert.ok(html(`${'[1] '.repeat(1000)}\n\n[1]: ${address}`).length < 20_000);
  });

  it('repeats an address and a title only so often', () => {
    const address = `https://a.example/${'p'.repeat(1900)}`;
    const block = `[x]: ${address} "${'t'.repeat(20_000)}"\n\n${'[x] [1]\n'.repeat(2000)}\n\n[1]: ${address}`;
    const shown = html(block, block, block);
    assert.ok(shown.length < 2 * longestReferences + 10 * block.length);
    assert.equal(count(shown, /\bx\b/g), 6000);
    assert.match(shown, /^<p><a href="https:[^"]*">x<\/a>/);
  });

  it('keeps the links of an answer with hundreds of references', () => {
    const definitions = Array.from({ length: 300 }, (_, index) => `[s${index}]: https://a.example/${index}`).join('\n');
    const uses = Array.from({ length: 300 }, (_, index) => `See [page ${index}][s${index}].`).join('\n\n');
    assert.equal(count(html(definitions, uses), /<a /g), 300);
  });
});
