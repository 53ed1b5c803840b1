import assert from 'node:assert/strict';
import { ThinkSplitter } from '../../../src/api/reasoning.ts';

describe('ThinkSplitter', () => {
  for (const [text, answer, reasoning] of [
    ['<think>plan</think>answer', 'answer', 'plan'],
    ['before <think>plan</think> after', 'before  after', 'plan'],
    ['<think>a</think>b<think>c</think>d', 'bd', 'ac'],
    ['<think>```\n</think>code', 'code', '```\n'],
    ['<think>never closed', '', 'never closed'],
    ['a < b <thin air', 'a < b <thin air', ''],
    ['<<think>x</think>', '<', 'x'],
    ['the tag `<think>` and ``<think>`` stay', 'the tag `<think>` and ``<think>`` stay', ''],
    ['```\n<think>\n```\n<think>x</think>', '```\n<think>\n```\n', 'x'],
    ['````\n```\n<think>\n````\n<think>x</think>', '````\n```\n<think>\n````\n', 'x'],
    ['an open ` ends with its line\n<think>x</think>y', 'an open ` ends with its line\ny', 'x'],
    ['`a` <think>x</think>y', '`a` y', 'x'],
    ['``a ` <think> `` <think>x</think>y', '``a ` <think> `` y', 'x'],
    ['` ```\n<think>x</think>y', '` ```\ny', 'x'],
    ['ends in <think', 'ends in <think', ''],
  ] as const) {
    it(`splits ${JSON.stringify(text)}, cut at every two places`, () => {
      for (let first = 0; first <= text.length; first++) {
        for (let second = first; second <= text.length; second++) {
          const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
          assert.deepEqual(split(pieces), { answer, reasoning }, `cut at ${first} and ${second}`);
        }
      }
    });
  }
});

function split(pieces: readonly string[]): { answer: string; reasoning: string } {
  const splitter = new ThinkSplitter();
  const told = [...pieces.flatMap((piece) => Array.from(splitter.split(piece))), ...splitter.end()];
  const join = (type: string): string =>
    told
      .filter((piece) => piece.type === type)
      .map(({ text }) => text)
      .join('');
  assert.ok(told.every(({ text }) => text !== ''));
  return { answer: join('text'), reasoning: join('reasoning') };
}
