import assert from 'node:assert/strict';
import { readReplies } from '../../../src/reply/several.ts';
import type { ReplyTarget } from '../../../src/reply/target.ts';

const document = 'class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n';

/** The decision without its evidence. */
function read(...args: Parameters<typeof readReplies>) {
  const { findings: _findings, ...decision } = readReplies(...args);
  return decision;
}

function place(text: string): ReplyTarget {
  const start = document.indexOf(text);
  return { document, start, end: start + text.length, languageId: 'python', eol: '\n', insertSpaces: true, tabSize: 4 };
}

const targets = [place('return 1'), place('    def two(self):\n        return 2\n')];
const one = '```python\nreturn 10\n```';
const two = '~~~\ndef two(self) -> int:\n    return 20\n~~~';

describe('a reply for several selections', () => {
  it('gives each its block, in their order, with words around them', () => {
    const reply = `First:\n\n${one}\n\nThen:\n\n${two}\n\nThat is all.`;
    assert.deepEqual(read(reply, 'stop', targets), {
      kind: 'code',
      texts: ['return 10', '    def two(self) -> int:\n        return 20\n'],
    });
  });

  it('is read behind reasoning that holds fences of its own', () => {
    const { kind } = readReplies(`<think>\n\`\`\`\ndraft\n\`\`\`\n</think>\n${one}\n${two}`, 'stop', targets);
    assert.equal(kind, 'code');
  });

  for (const [what, reply, finish, reason] of [
    ['one block for two', one, 'stop', 'count'],
    ['three blocks for two', `${one}\n${two}\n${one}`, 'stop', 'count'],
    ['no block', 'I cannot help with that.', 'stop', 'refusal'],
    ['nothing', '', 'stop', 'empty'],
    ['a cut reply', `${one}\n${two}`, 'length', 'cut'],
    ['an open block', `${one}\n${two.slice(0, -4)}`, 'stop', 'cut'],
    [
      'a placeholder in one',
      `${one}\n\`\`\`python\ndef two(self):\n    # ... rest of the method unchanged\n\`\`\``,
      'stop',
      'placeholder',
    ],
    ['a block without code', `${one}\n\`\`\`\n\n\`\`\``, 'stop', 'empty'],
  ] as const) {
    it(`is not written: ${what}`, () => {
      assert.deepEqual(read(reply, finish, targets), { kind: 'unsure', reason });
    });
  }

  it('shows what a placeholder in the only piece would drop', () => {
    const [, second] = targets;
    assert.ok(second);
    const shown = read('```python\ndef two(self):\n    # ... existing code ...\n```', 'stop', [second]);
    assert.deepEqual(shown, {
      kind: 'unsure',
      reason: 'placeholder',
      shown: '    def two(self):\n        # ... existing code ...\n',
    });
  });
});
