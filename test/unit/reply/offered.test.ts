import assert from 'node:assert/strict';
import { readReply } from '../../../src/reply/reply.ts';
import type { ReplyTarget } from '../../../src/reply/target.ts';
import type { FinishReason } from '../../../src/shared/answer.ts';

/** A Python file with one statement around the selection. */
function target(selection: string, change: Partial<ReplyTarget> = {}): ReplyTarget {
  const start = 'before = 0\n'.length;
  const document = `before = 0\n${selection}after = 3\n`;
  const format = { languageId: 'python', eol: '\n', insertSpaces: true, tabSize: 4 } as const;
  return { document, start, end: start + selection.length, ...format, ...change };
}

const two = target('first = 1\nsecond = 2\n');
const four = target('alpha = 1\nbravo = 2\ncharlie = 3\ndelta = 4\n');
const method = target('def size(self):\n    total = 0\n    for one in self:\n        total += 1\n    return total\n');

const fenced = (...lines: readonly string[]): string => ['```python', ...lines, '```', ''].join('\n');
const diff = (...lines: readonly string[]): string => ['```diff', ...lines, '```', ''].join('\n');

function offered(reply: string, on: ReplyTarget = two, finish: FinishReason = 'stop'): readonly [string, ...string[]] {
  const result = readReply(reply, finish, on);
  return result.kind === 'unsure' ? [result.reason, ...result.candidates] : ['written', result.text];
}

describe('a reply that is not written', () => {
  it('because it was cut is offered as far as it came', () => {
    const code = 'first = 10\n';
    assert.deepEqual(offered(code, two, 'other'), ['cut', code]);
    assert.deepEqual(offered(fenced('first = 10'), two, 'length'), ['cut', code]);
    assert.deepEqual(offered(fenced('first = 10'), two, 'tool_calls'), ['cut', code]);
    assert.deepEqual(offered('```python\nfirst = 10\n'), ['cut', code]);
    assert.deepEqual(offered('<think>\nfirst = 10\n'), ['cut']);
    assert.deepEqual(offered(fenced('first = 10'), two, 'other'), ['written', code]);
  });

  it('because it is empty has nothing to offer', () => {
    assert.deepEqual(offered(' \n'), ['empty']);
    assert.deepEqual(offered(`${fenced('')}\n${fenced(' ')}`)[0], 'empty');
    assert.deepEqual(offered(`${fenced('first = 1')}\n${fenced('second = 9')}`), [
      'several',
      'first = 1\n',
      'second = 9\n',
    ]);
  });

  it('because it was refused is offered with its code', () => {
    assert.deepEqual(offered("I'm sorry, but I can't help with that."), ['refusal']);
    assert.deepEqual(offered(fenced('first = 10'), two, 'content_filter'), ['refusal', 'first = 10\n']);
  });

  it('because it is words is offered as they stand', () => {
    assert.deepEqual(offered('Which of the two do you mean?'), ['notCode', 'Which of the two do you mean?\n']);
  });

  it('because its diff fits nowhere is offered as it came', () => {
    const reply = diff('-third = 3', '+third = 4');
    assert.deepEqual(offered(reply), ['diffDoesNotApply', '-third = 3\n+third = 4\n']);
    assert.deepEqual(offered('@@ -1 +1 @@\n-third = 3\n+third = 4\n'), [
      'diffDoesNotApply',
      '@@ -1 +1 @@\n-third = 3\n+third = 4\n',
    ]);
    assert.deepEqual(offered('@@ -2 +2 @@\n-first = 1\n+first = 4\n'), ['written', 'first = 4\nsecond = 2\n']);
  });

  it('because a diff and code beside it differ offers both', () => {
    const change = diff('@@ -2 +2 @@', '-first = 1', '+first = 4');
    assert.deepEqual(offered(change + fenced('first = 4', 'second = 2')), ['written', 'first = 4\nsecond = 2\n']);
    assert.equal(offered(change + fenced('first = 5', 'second = 2'))[0], 'several');
    assert.equal(offered(change + fenced('first = 5', 'second = 2')).length, 3);
    assert.equal(offered(diff('-third = 3', '+third = 4') + fenced('first = 4', 'second = 2'))[0], 'several');
  });

  it('because it leaves code out is offered with what it has', () => {
    assert.deepEqual(offered(fenced('first = 10', '# ... rest of the code')), [
      'placeholder',
      'first = 10\n# ... rest of the code\n',
    ]);
    const change = diff('@@ -2 +2,2 @@', '-first = 1', '+first = 4', '+# ... rest of the code');
    assert.equal(offered(change)[0], 'placeholder');
    assert.equal(offered(change).length, 2);
  });

  it('because lines of the selection stand around its code is offered', () => {
    const lines = (first: string, last: string) => `${first}\n\n${fenced('bravo = 5')}\n${last}\n`;
    assert.equal(offered(lines('alpha = 1', 'delta = 4'), four)[0], 'several');
    assert.equal(offered(lines('alpha = 1', 'That is all.'), four)[0], 'written', 'one line may be a quotation');
    assert.equal(offered(lines('That is:\nalpha = 1\nbravo = 2', 'charlie = 3'), four)[0], 'several');
    assert.equal(
      offered(lines('So:\nalpha = 1\nbravo = 2\ncharlie = 3', 'That is all.'), four)[0],
      'written',
      'quoted within words',
    );
    assert.equal(offered(`alpha = 1\n${fenced('bravo = 5')}\n${fenced('charlie = 6')}`, four)[0], 'several');
    const documented = target("'''\n```\nalpha = 1\n```\n'''\n");
    assert.equal(offered(lines('alpha = 1', 'That is all.'), documented)[0], 'several', 'its own fences end blocks');
  });

  it('because its words say that it is a part is offered, where it is half of the selection or less', () => {
    const part = (...lines: readonly string[]) => `You only need to change this:\n\n${fenced(...lines)}`;
    assert.deepEqual(offered(part('bravo = 5', 'charlie = 6'), four), ['part', 'bravo = 5\ncharlie = 6\n']);
    assert.equal(offered(part('alpha = 1', 'bravo = 5', 'charlie = 6'), four)[0], 'written');
    assert.equal(offered(part('first = 10'), target('first = 1\nsecond = 2\nthird = 3\n'))[0], 'written');
    assert.equal(offered(`Here it is:\n\n${fenced('bravo = 5', 'charlie = 6')}`, four)[0], 'written');
    assert.equal(offered(part('def size(self):', '    return len(self)'), method)[0], 'written', 'the name is there');
    assert.equal(offered(part('total = len(self)'), method)[0], 'part');
  });

  it('because it begins or ends outside the selection, with changes there, is offered', () => {
    assert.deepEqual(offered(fenced('before = 5', 'first = 1', 'second = 3', 'after = 3')).slice(0, 1), ['repeats']);
    assert.equal(offered(fenced('before = 5', 'first = 1', 'second = 3', 'after = 3')).length, 2);
  });

  it('because no rule pairs its fences is offered whole, and in the parts that it seems to have', () => {
    const markdown = target('Run it.\n', { languageId: 'markdown' });
    const reply = '```markdown\nRun:\n```\nnpm test\n```\nDone.\n```\n';
    const whole = 'Run:\n```\nnpm test\n```\nDone.\n';
    assert.deepEqual(offered(reply, markdown), ['several', whole, 'Run:\n', 'Done.\n']);
  });

  it('without marks is still read as a diff where it is one', () => {
    const lines = ['-first = 1', '+first = 4', ' second = 2'];
    assert.deepEqual(offered(`${lines.join('\n')}\n`), ['written', 'first = 4\nsecond = 2\n']);
    assert.deepEqual(offered(['```', ...lines, '```'].join('\n')), ['written', 'first = 4\nsecond = 2\n']);
  });

  it('is no diff because a line begins with a sign, or where the file is one itself', () => {
    const list = 'first = [\n-2,\n]\n';
    assert.deepEqual(offered(list, target('first = [\n1,\n]\n')), ['written', list]);
    const change = '-first = 1\n+first = 4\n';
    assert.deepEqual(offered(change, { ...two, languageId: 'diff' }), ['written', change]);
  });

  it('because it is a command or speaks another language is offered', () => {
    assert.equal(offered('```bash\npip install words\n```\n')[0], 'notCode');
  });

  it('because its lines are numbered is offered as it came', () => {
    assert.deepEqual(offered(fenced('1: first = 10', '2: second = 2')), ['notCode', '1: first = 10\n2: second = 2\n']);
  });
});
