import assert from 'node:assert/strict';
import { attachmentLabel, attachmentText, type CodeAttachment } from '../../../src/prompt/context.ts';
import { chatMessages } from '../../../src/prompt/messages.ts';

const greet: CodeAttachment = {
  id: '1',
  kind: 'code',
  path: 'src/greet.py',
  description: 'Selection',
  languageId: 'python',
  startLine: 3,
  endLine: 4,
  text: 'def greet():\n    pass\n',
  replaceable: true,
};

describe('messages', () => {
  it('begin with the system prompt, oldest first, and end with the question', () => {
    const earlier = [{ question: 'One?', attachments: [], answer: 'One.' }];
    assert.deepEqual(chatMessages('Be brief.', earlier, { question: 'Two?', attachments: [] }), [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'Two?' },
    ]);
  });

  it('have no system message where the prompt is empty', () => {
    assert.deepEqual(chatMessages(' ', [], { question: 'Hi?', attachments: [] }), [{ role: 'user', content: 'Hi?' }]);
  });

  it('alternate: a question without an answer is left out', () => {
    const earlier = ['', '  ', 'Yes.'].map((answer, index) => ({ question: `Q${index}`, attachments: [], answer }));
    const roles = chatMessages('', earlier, { question: 'Now?', attachments: [] }).map(({ role }) => role);
    assert.deepEqual(roles, ['user', 'assistant', 'user']);
  });

  it('carry the context in the message it was attached to', () => {
    const earlier = [{ question: 'What?', attachments: [greet], answer: 'A function.' }];
    const [first, , last] = chatMessages('', earlier, { question: 'More?', attachments: [] });
    assert.equal(first?.content, '`src/greet.py`, lines 3-4:\n```python\ndef greet():\n    pass\n```\n\nWhat?');
    assert.equal(last?.content, 'More?');
  });
});

describe('attached code', () => {
  it('is fenced so that it cannot close its fence', () => {
    const text = attachmentText({ ...greet, languageId: 'markdown', text: '````js\nx\n````' });
    assert.match(text, /\n`````markdown\n````js\nx\n````\n`````$/);
  });

  it('is named by its path and lines', () => {
    assert.equal(attachmentLabel(greet), 'src/greet.py:3-4');
    assert.equal(attachmentLabel({ ...greet, endLine: 3 }), 'src/greet.py:3');
  });

  it('says what it is, where it is no lines of a file', () => {
    const whole = { id: '2', path: 'src', description: '', languageId: '', text: 'one' };
    const headings = (['file', 'folder', 'problems', 'stagedChanges', 'workingChanges', 'terminal'] as const).map(
      (kind) => attachmentText({ ...whole, kind }).split(':\n```\none\n```')[0],
    );
    assert.deepEqual(headings, [
      '`src`',
      'Files in `src`',
      'Problems of `src`',
      'Staged changes in `src`',
      'Changes in `src` that are not staged',
      'From the terminal',
    ]);
    assert.equal(attachmentLabel({ ...whole, kind: 'file' }), 'src');
  });
});
