import assert from 'node:assert/strict';
import { readReply } from '../../../src/reply/reply.ts';

const selection = 'const name = 1;';

function kindOf(code: string, document = `${selection}\n`): string {
  const start = document.indexOf(selection);
  const target = {
    document,
    start,
    end: start + selection.length,
    languageId: 'javascript',
    eol: '\n',
    insertSpaces: true,
    tabSize: 2,
  } as const;
  return readReply(`\`\`\`js\n${code}\n\`\`\``, 'stop', target).kind;
}

describe('code with characters that cannot be seen', () => {
  const seen = 'code';

  it('is written where there are none', () => assert.equal(kindOf('const name = 2;'), seen));

  for (const char of [
    '\u200B',
    '\u3164',
    '\u115F',
    '\uFFA0',
    '\u2800',
    '\u200E',
    '\u061C',
    '\u180E',
    '\u2063',
    '\u{E0041}',
    '\u{E0101}',
    '\u202E',
    '\u001B',
  ])
    it(`is not written: U+${char.codePointAt(0)?.toString(16)}`, () => {
      assert.notEqual(kindOf(`const na${char}me = 2;`), seen);
      assert.equal(kindOf(`const na${char}me = 2;`, `// ${char}\n${selection}\n`), seen, 'the document has it');
      assert.notEqual(kindOf(`const na${char}me = 2;`, `// \u2061\n${selection}\n`), seen, 'the document has another');
    });

  it('is written where they belong to emoji or to a script that joins', () => {
    assert.equal(kindOf('const name = "👩‍💻 ❤️ می‌خواهم";'), seen);
  });
});
