import assert from 'node:assert/strict';
import type { FinishReason } from '../../src/shared/answer.ts';
import { readFences } from '../../src/reply/fences.ts';
import { PartialReply } from '../../src/reply/partial.ts';
import { readReply } from '../../src/reply/reply.ts';
import type { ReplyTarget } from '../../src/reply/target.ts';
import { cutText } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './target.ts';

/**
 * Whatever a model writes is read without a failure, twice to the same; what was written while it came is the same
 * wherever it was cut, and is the beginning of what is written at last where the reply is accepted.
 */
export const replyReader: FuzzTarget = {
  name: 'reply reader',
  run(random) {
    const target = anyTarget(random);
    const reply = random.once(3) ? blockIn(random, target) : anyReply(random, target);
    const finish = random.pick<FinishReason>(['stop', 'stop', 'stop', 'length', 'content_filter', 'other']);
    const result = readReply(reply, finish, target);
    assert.deepEqual(readReply(reply, finish, target), result);
    const whole = partialLines([reply], target);
    assert.deepEqual(partialLines(cutText(reply, random, 1), target), whole, 'a character at a time');
    assert.deepEqual(partialLines(cutText(reply, random, 30), target), whole, 'in pieces');
    // What makes all before it reasoning, or another block the one that is meant, cannot be foreseen.
    const isPlain =
      !reply.includes('</think>') && readFences(reply).filter(({ kind }) => kind === 'block').length === 1;
    if (result.kind === 'code' && whole.length > 0 && isPlain) {
      assert.deepEqual(
        whole,
        result.text.split(/\r\n|\r|\n/).slice(0, whole.length),
        `written: ${JSON.stringify(reply)}`,
      );
    }
  },
};

function anyReply(random: Random, target: ReplyTarget): string {
  const count = random.below(14);
  return Array.from({ length: count }, () => fragment(random, target)).join(random.pick(['', '\n']));
}

/** What models mostly write: one whole block of code, with a sentence before or behind it. */
function blockIn(random: Random, { document, start, end, eol }: ReplyTarget): string {
  const indentation = random.pick(['', '', '  ', '\t']);
  const own = Array.from({ length: 1 + random.below(6) }, () => indentation + random.pick(plainCodes));
  const lines = random.once(3) ? document.slice(start, end).split(eol) : own;
  const block = [`\`\`\`${random.pick(['', 'python'])}`, ...lines, '```'].join(random.pick(['\n', eol]));
  return `${random.pick(['', 'Here is the code:\n\n'])}${block}${random.pick(['', '\n', '\n\nIt works.\n'])}`;
}

function partialLines(pieces: readonly string[], target: ReplyTarget): readonly string[] {
  const partial = new PartialReply(target);
  let before: readonly string[] = [];
  for (const piece of pieces) {
    partial.push(piece);
    assert.deepEqual(partial.lines.slice(0, before.length), before, 'lines only grow');
    before = [...partial.lines];
  }
  return before;
}

function anyTarget(random: Random): ReplyTarget {
  const eol = random.pick(['\n', '\r\n'] as const);
  const unit = random.pick(['  ', '    ', '\t']);
  const lines = Array.from({ length: 1 + random.below(8) }, () => unit.repeat(random.below(3)) + random.pick(codes));
  const document = lines.join(eol) + random.pick(['', eol]);
  const [a, b] = [random.below(document.length + 1), random.below(document.length + 1)];
  const insertSpaces = unit !== '\t';
  return {
    document,
    start: Math.min(a, b),
    end: Math.max(a, b),
    languageId: random.pick(['python', 'typescript', 'markdown', 'plaintext', 'makefile', 'ruby', 'diff']),
    eol,
    insertSpaces,
    tabSize: insertSpaces ? unit.length : 4,
  };
}

const codes = [
  'x = 1',
  'return x',
  'if x:',
  'end',
  '}',
  '{',
  '"""',
  "'''",
  '# ...',
  '// rest of the code',
  '',
  'def f(a):',
  '```',
  '* @param a',
  'print("a")',
  '-1',
  '+ 1',
  '- item',
  '@@ -1 +1 @@',
] as const;

/** Lines of code that are nothing else as well. */
const plainCodes = ['x = 1', 'return x', 'if x:', 'end', 'def f(a):', 'print("a")', ''] as const;

function fragment(random: Random, { document, start, end }: ReplyTarget): string {
  const line = (): string => random.pick(['', '  ', '    ', '\t', '> ', '- ', '1. ']) + random.pick(codes);
  const eol = random.pick(['\n', '\r\n', '\n']);
  switch (random.below(10)) {
    case 0:
      return `${random.pick(['```', '~~~', '````', '   ```', '> ```'])}${random.pick(['', 'python', 'diff', 'ts title="a"'])}${eol}`;
    case 1:
      return `\`\`\`python${eol}${Array.from({ length: random.below(4) }, line).join(eol)}${eol}\`\`\`${eol}`;
    case 2:
      return document.slice(start, end) + eol;
    case 3:
      return document.slice(random.below(document.length + 1)) + eol;
    case 4:
      return random.pick(['<think>', '</think>', '<think>\n', '</think>\n']);
    case 5:
      return random.pick(['Here is the code:', "I'm sorry, but I can't do that.", 'It works.', '**Note**']) + eol;
    case 6:
      return `<<<<<<< SEARCH${eol}${document.slice(start, end)}${eol}=======${eol}${line()}${eol}>>>>>>> REPLACE${eol}`;
    case 7:
      return `@@ -1 +1 @@${eol}-${line()}${eol}+${line()}${eol}`;
    default:
      return line() + eol;
  }
}
