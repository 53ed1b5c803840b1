import assert from 'node:assert/strict';
import { commitQuestion, readCommitMessage } from '../../../src/prompt/commitMessage.ts';

describe('commit messages', () => {
  it('are asked for in the style of the last ones, with what was typed', () => {
    const question = commitQuestion({ subjects: ['Mend the clock', 'Add a dial'], draft: ' Add hands \n' });
    assert.match(question, /last messages:\n- Mend the clock\n- Add a dial\n\n/);
    assert.ok(question.endsWith(':\nAdd hands'));
    assert.doesNotMatch(commitQuestion({ subjects: [], draft: ' ' }), /last messages|begun/);
  });

  for (const [what, answer, message] of [
    [
      'a block',
      'Here it is:\n\n```text\nAdd hands\n\nA dial alone tells nothing.\n```\n',
      'Add hands\n\nA dial alone tells nothing.',
    ],
    ['plain text', '\nAdd hands\n', 'Add hands'],
    ['reasoning before it', '<think>\n```\nno\n```\n</think>\n```\nAdd hands\n```', 'Add hands'],
    [
      'escape sequences',
      '```\nAdd\u001b]0;x\u0007 hands\u001b[2K\u009b1A\r\n\n\tWhy\u0000\n```',
      'Add]0;x hands[2K1A\n\n Why',
    ],
    ['what cannot be seen', 'Add \u202ehands\u200b\u{e0041}\u3164', 'Add hands'],
    ['two blocks', '```\nAdd hands\n```\nor\n```\nAdd a hand\n```', undefined],
    ['a block that is not closed', '```\nAdd han', undefined],
    ['nothing', ' \n', undefined],
  ] as const) {
    it(`are read from ${what}`, () => assert.equal(readCommitMessage(answer, 'stop'), message));
  }

  it('are not read from an answer that was cut off', () => {
    assert.equal(readCommitMessage('Add han', 'length'), undefined);
  });
});
