import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BlockSplitter } from '../../../../src/webview/markdown/blocks.ts';

describe('Markdown that an answer quotes', () => {
  it('is one code block with those within it, also where their fences are as long', () => {
    const splitter = new BlockSplitter();
    splitter.push(readFileSync(new URL('../answers/quoted.md', import.meta.url), 'utf8'));
    splitter.end();
    const codes = splitter.finished.flatMap((block) => (block.kind === 'code' ? [block] : []));
    assert.deepEqual(
      codes.map(({ info, lines }) => [info, lines.length]),
      [
        ['markdown', 15],
        ['md', 3],
        ['text', 2],
      ],
    );
    assert.equal(codes[0]?.lines.at(-1), '- a list with **bold**');
  });
});
