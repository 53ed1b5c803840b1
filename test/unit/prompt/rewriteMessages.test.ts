import assert from 'node:assert/strict';
import { attachmentText, type CodeAttachment } from '../../../src/prompt/context.ts';
import { rewriteMessages, rewriteRequest } from '../../../src/prompt/rewriteMessages.ts';

const greet: CodeAttachment = {
  kind: 'code',
  id: '1',
  path: 'src/greet.py',
  description: 'Selection',
  languageId: 'python',
  startLine: 3,
  endLine: 4,
  text: 'def greet():\n    pass\n',
  replaceable: true,
};

describe('a request for new code', () => {
  it('holds the code, the instruction and the form of the reply', () => {
    const content = rewriteRequest('add types', [greet], false);
    assert.ok(content.startsWith(attachmentText(greet)));
    assert.match(content, /\n\nadd types\n\n.*replacement.*one fenced code block/);
    assert.match(rewriteRequest('a loop', [{ ...greet, text: '' }], false), /code to insert/);
  });

  it('holds what goes along before the code, once in a conversation', () => {
    const example = { ...greet, path: 'src/wave.py' };
    const content = rewriteRequest('like that', [greet], false, [example]);
    assert.ok(content.startsWith(`${attachmentText(example)}\n\n${attachmentText(greet)}\n\nlike that`));
    assert.ok(rewriteRequest('shorter', [greet], true, [example]).startsWith('shorter'));
  });

  it('does not repeat code that the conversation ends with', () => {
    const content = rewriteRequest('shorter', [greet], true);
    assert.ok(content.startsWith('shorter\n\n'));
    assert.match(content, /one fenced code block/);
  });

  it('asks for as many blocks as there are places', () => {
    const content = rewriteRequest('rename', [greet, { ...greet, startLine: 8, endLine: 9 }], false);
    assert.match(
      content,
      /lines 3-4:[\s\S]*lines 8-9:[\s\S]*\n\nrename\n\n.*exactly 2 fenced code blocks in the same order/,
    );
  });

  it('comes after what was said about the code, the system prompt first', () => {
    const earlier = [{ request: 'one', reply: 'first' }];
    const roles = (prompt: string) => rewriteMessages(prompt, earlier, 'two').map(({ role }) => role);
    assert.deepEqual(roles('be brief'), ['system', 'user', 'assistant', 'user']);
    assert.deepEqual(roles(' '), ['user', 'assistant', 'user']);
    assert.equal(rewriteMessages('', earlier, 'two').at(-1)?.content, 'two');
  });
});
