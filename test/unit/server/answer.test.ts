import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answer } from '../../server/answer.ts';

const workspace = path.join(import.meta.dirname, '../../workspace');

describe('an answer of the demo server', () => {
  const fresh = () => `name${Math.random().toString(36).slice(2)}`;
  const asked = (tag: string, text: string, question: string) => [
    { role: 'user' as const, content: `\`a/file\`, lines 1-9:\n\`\`\`${tag}\n${text}\n\`\`\`\n\n${question}` },
  ];
  const declare: Readonly<Record<string, (name: string, parameter: string) => string>> = {
    typescript: (name, parameter) => `function ${name}(${parameter}: string) {\n  return ${parameter};\n}`,
    python: (name, parameter) => `def ${name}(${parameter}):\n    return ${parameter}`,
    go: (name, parameter) => `func ${name}(${parameter} string) string {\n\treturn ${parameter}\n}`,
    rust: (name, parameter) => `fn ${name}(${parameter}: u8) -> u8 {\n    ${parameter}\n}`,
    java: (name, parameter) => `int ${name}(int ${parameter}) {\n  return ${parameter};\n}`,
  };

  for (const [tag, text] of Object.entries(declare)) {
    it(`names the ${tag} functions and parameters that it was sent, and cites`, () => {
      const [first, second, parameter] = [fresh(), fresh(), fresh()];
      const whole = answer(asked(tag, `${text(first, parameter)}\n\n${text(second, parameter)}`, 'What does this do?'));
      for (const name of [first, second, parameter]) {
        assert.ok(whole.text.includes(`\`${name}\``), whole.text);
      }
      assert.match(whole.text, /\[1\][\s\S]*\[3\]/);
      assert.equal(whole.sources.length, 3);
    });
  }

  for (const [tag, file] of [
    ['typescript', 'typescript/intervals.ts'],
    ['python', 'python/wrap.py'],
    ['go', 'go/limiter.go'],
    ['rust', 'rust/window.rs'],
    ['java', 'java/Schedule.java'],
  ] as const) {
    it(`to a question about ${file} takes 200 deltas and has a code block`, async () => {
      const { text } = answer(asked(tag, await readFile(path.join(workspace, file), 'utf8'), 'Explain this.'));
      assert.ok(text.length >= 800, text);
      assert.match(text, /```[a-z]+\n[\s\S]+\n```/);
      assert.ok(text.split('\n\n').length >= 5);
    });
  }

  it('speaks of the code of an earlier question', () => {
    const name = fresh();
    const messages = [
      ...asked('go', declare['go']!(name, 'x'), 'Explain.'),
      { role: 'assistant' as const, content: 'Done.' },
      { role: 'user' as const, content: `And what does ${name} return?` },
    ];
    assert.match(answer(messages).text, new RegExp(`from before[\\s\\S]*${name}`));
  });

  it('says what it got when there is no code', () => {
    const { text, sources } = answer([{ role: 'user', content: 'Is twoWords good?' }]);
    assert.match(text, /3 words[\s\S]*`twoWords`/);
    assert.deepEqual(sources, []);
  });

  it('is one block of code where nothing else is wanted', () => {
    const task =
      'rename `x` to `y`\n\nReply with the complete replacement for this code in one fenced code block and nothing else.';
    assert.equal(
      answer(asked('python', 'def f(x):\n    return x', task)).text,
      '```python\ndef f(y):\n    return y\n```\n',
    );
  });
});
