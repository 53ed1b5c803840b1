import assert from 'node:assert/strict';
import { readFences } from '../../../src/reply/fences.ts';
import { BlockSplitter } from '../../../src/webview/markdown/blocks.ts';
import { fenceCases } from './fences.ts';

describe("CommonMark's fences", () => {
  for (const { rule, markdown, blocks, only } of fenceCases) {
    if (only !== 'page') {
      it(`are read in replies: ${rule}`, () => {
        const read = readFences(markdown).filter((part) => part.kind === 'block');
        assert.deepEqual(
          read.map(({ info, text, closed }) => ({ info, text, closed })),
          blocks.map(([info, ...lines]) => ({ info, text: lines.join('\n'), closed: true })),
        );
      });
    }
    if (only !== 'reply') {
      it(`are shown in the page, wherever the text was cut: ${rule}`, () => {
        for (const pieces of [[markdown], Array.from(markdown)]) {
          const splitter = new BlockSplitter();
          for (const piece of pieces) splitter.push(piece);
          splitter.end();
          const codes = splitter.finished.filter((block) => block.kind === 'code');
          assert.deepEqual(
            codes.map(({ info, lines }) => [info, ...lines]),
            blocks,
          );
        }
      });
    }
  }
});
