import assert from 'node:assert/strict';
import { PartialReply } from '../../../src/reply/partial.ts';
import { readReply } from '../../../src/reply/reply.ts';
import type { ReplyTarget } from '../../../src/reply/target.ts';

const selection = 'first = 1\nsecond = 2\n';
const target: ReplyTarget = {
  document: `before = 0\n${selection}after = 3\n`,
  start: 11,
  end: 11 + selection.length,
  languageId: 'python',
  eol: '\n',
  insertSpaces: true,
  tabSize: 4,
};

/** Characters: enough for work that grows by the square to be noticed. */
const size = 1 << 16;
const units = [
  '`',
  '~',
  '[',
  '(',
  '{',
  ' ',
  '\t',
  '\n',
  '\r',
  '> ',
  '>',
  '* ',
  '- ',
  '1. ',
  '"',
  "'",
  '\\',
  '/*',
  '<!--',
  '<think>',
  '</think>\n',
  '...',
  '# ',
  '...\n',
  ' \n',
  '```\n',
  '```a\n',
  '> ```\n',
  '@@ -1 +1 @@\n',
  '<<<<<<< SEARCH\n',
  '=======\n',
  '--- a\n',
  'first = 1\n',
  'before = 0\n',
  'after = 3\n',
  'value1 ',
  'a"""b',
  "I can't ",
  'rest of ',
  '\u00A0',
  '\u200B\n',
];

// The time limit of a test is what fails here: a reader that takes time by the square never ends.
describe('replies that are meant to be slow', () => {
  for (const unit of units) {
    const flood = unit.repeat(Math.ceil(size / unit.length));

    it(`end soon as a whole: ${JSON.stringify(unit)}`, () => {
      for (const reply of [flood, `\`\`\`python\n${flood}\n\`\`\`\n`, `Here is ${flood}\n\`\`\`python\nx\n\`\`\`\n`]) {
        const result = readReply(reply, 'stop', target);
        assert.ok(result.kind === 'unsure' || result.text.endsWith('\n'), 'lost the line break of the selection');
      }
    });

    it(`end soon in pieces: ${JSON.stringify(unit)}`, () => {
      const partial = new PartialReply(target);
      const reply = `\`\`\`python\nx = 1\n${flood}`;
      for (let at = 0; at < reply.length; at += 64) partial.push(reply.slice(at, at + 64));
      assert.ok(partial.lines.length === 0 || partial.lines[0] === 'x = 1');
    });
  }

  it('end soon when they are a megabyte', () => {
    const kinds = ['`', '[', ' ', '>', '> '].map(
      (unit) => readReply(unit.repeat(2 ** 20 / unit.length), 'stop', target).kind,
    );
    assert.deepEqual(new Set(kinds), new Set(['unsure']));
  });
});
