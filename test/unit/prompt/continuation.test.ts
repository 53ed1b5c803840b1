import assert from 'node:assert/strict';
import { continuationMessages, ContinuationReader, restOf } from '../../../src/prompt/continuation.ts';

const code = 'Here:\n\n```python\ndef words(text):\n    pieces = text.split()\n    for pie';

describe('the rest of an answer that was cut off', () => {
  for (const [what, before, continuation, whole] of [
    [
      'repeats the last words',
      'So the range is half-open and',
      'range is half-open and its end is not in it.',
      'So the range is half-open and its end is not in it.',
    ],
    [
      'repeats the last words after a preface',
      'So the range is half-open and',
      'Here is the rest:\n\nSo the range is half-open and its end.',
      'So the range is half-open and its end.',
    ],
    ['goes on in the middle of a word', 'The function sub', 'The function subtracts.', 'The function subtracts.'],
    ['repeats nothing and lacks its blank', 'and the', 'next word.', 'and the next word.'],
    ['repeats fewer words than were asked for', 'The first part', 'first part and more.', 'The first part and more.'],
    ['repeats nothing', 'The answer is', ' simple.', 'The answer is simple.'],
    [
      'repeats a whole paragraph',
      'One.\n\nTwo is longer than one, and',
      'Two is longer than one, and three.',
      'One.\n\nTwo is longer than one, and three.',
    ],
    [
      'opens the code block anew',
      code,
      '```python\n    for piece in pieces:\n        yield piece\n```\nDone.',
      `${code}ce in pieces:\n        yield piece\n\`\`\`\nDone.`,
    ],
    [
      'opens it anew and repeats lines',
      code,
      '```python\n    pieces = text.split()\n    for piece in pieces:\n```',
      `${code}ce in pieces:\n\`\`\``,
    ],
    [
      'goes on in code without a fence',
      code,
      'ce in pieces:\n        yield piece\n```',
      `${code}ce in pieces:\n        yield piece\n\`\`\``,
    ],
    [
      'repeats the line of code without its indentation',
      code,
      'for piece in pieces:\n```',
      `${code}ce in pieces:\n\`\`\``,
    ],
    [
      'goes on after a whole line of code',
      `${code}ce in pieces:\n`,
      '```python\n    for piece in pieces:\n        yield piece\n```',
      `${code}ce in pieces:\n        yield piece\n\`\`\``,
    ],
    ['begins a new item after a line break', '1. One item\n', '1. One item\n2. Two', '1. One item\n2. Two'],
    [
      'says similar words later, not at its beginning',
      'It is so.',
      'Then much else happens, which nobody has said before, and it goes on: It is so.',
      'It is so.Then much else happens, which nobody has said before, and it goes on: It is so.',
    ],
    ['is empty', 'All of it', '', 'All of it'],
  ] as const) {
    it(`that ${what}`, () => {
      assert.equal(before + restOf(before, continuation), whole);
      for (const size of [1, 3, 7]) {
        const reader = new ContinuationReader(before);
        let joined = before;
        for (let at = 0; at < continuation.length; at += size) joined += reader.push(continuation.slice(at, at + size));
        assert.equal(joined + reader.end(), whole, `in pieces of ${size}`);
      }
    });
  }

  it('passes on every piece once it is joined', () => {
    const reader = new ContinuationReader('The last words');
    assert.equal(reader.push('The last wor'), '');
    assert.equal(reader.push('ds are'), ' are');
    assert.equal(reader.push(' these'), ' these');
  });

  it('is asked for after the answer, with its last words', () => {
    const cut = { question: 'How?', attachments: [], answer: code };
    const messages = continuationMessages('', [], cut);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.equal(messages[1]?.content, code);
    assert.match(messages[2]?.content ?? '', /inside a code block[\s\S]*\n\nfor pie$/);
  });
});
