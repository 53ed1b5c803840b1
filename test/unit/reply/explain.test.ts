import assert from 'node:assert/strict';
import { explainEdit } from '../../../src/reply/explain.ts';
import { readReply } from '../../../src/reply/reply.ts';
import { translator } from '../../../src/shared/l10n.ts';
import { withSyntax } from '../../replies/grammars.ts';

const document = 'function a() {\n  return 1;\n}\n\nfunction b() {\n  log(2);\n  return 2;\n}\n';
const target = withSyntax({
  document,
  start: 0,
  end: document.length,
  languageId: 'javascript',
  eol: '\n',
  insertSpaces: true,
  tabSize: 2,
});

function explained(reply: string): string {
  const read = readReply(reply, 'stop', target);
  const reason = read.kind === 'unsure' ? read.reason : undefined;
  const { languageId, findings } = { ...target, ...read };
  return explainEdit({ languageId, selections: [document], reply, reason, findings }, translator());
}

describe('the explanation of the last edit', () => {
  it('names the decision, what speaks against the code, the selection and the reply', () => {
    const text = explained('```js\nfunction a() {\n  return 10;\n}\n\n// b as it was\n```\n');
    assert.match(text, /leaves out some of the code/);
    assert.match(text, /✗ No comment takes the place of code\. Not so: `\/\/ b as it was`/);
    assert.match(text, /✓ Brackets and tags close as before\./);
    assert.ok(text.includes(document));
    assert.match(text, /^````\n```js$/m, 'the fence is longer than those of the reply');
  });

  it('has only what holds where code was written', () => {
    const text = explained(`\`\`\`js\n${document.replace('return 1', 'return 3')}\`\`\`\n`);
    assert.match(text, /The code of the reply was written\./);
    assert.doesNotMatch(text, /✗/);
  });
});
