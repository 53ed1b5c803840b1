import assert from 'node:assert/strict';
import { marked, type Token } from 'marked';
import { Conversation } from '../../../../src/conversation/conversation.ts';
import { conversationMarkdown, readMarkdown } from '../../../../src/conversation/history/markdown.ts';
import type { ConversationRecord } from '../../../../src/conversation/history/record.ts';
import type { Attachment } from '../../../../src/prompt/context.ts';
import { translator } from '../../../../src/shared/l10n.ts';
import { answered } from './records.ts';

const t = translator();
const code: Attachment = {
  kind: 'code',
  id: 'a',
  uri: 'file:///sets/a.ts',
  path: 'a.ts',
  description: 'Selection',
  languageId: 'typescript',
  text: '\tif (a) {\r\n```\n',
  startLine: 3,
  endLine: 4,
  replaceable: true,
};

/** What is read of what was written. */
function there(conversation: Conversation): ConversationRecord {
  const read = readMarkdown(conversationMarkdown(conversation, t));
  assert.equal(read.kind, 'record');
  return (read as { record: ConversationRecord }).record;
}

/** Headings and code blocks that a viewer shows of an exported conversation. */
function outline(markdown: string): readonly string[] {
  return marked.lexer(markdown).flatMap((token) => {
    if (token.type === 'heading') return [`${'#'.repeat(Number(token['depth']))} ${rendered(token)}`];
    return token.type === 'code' ? [`code: ${String(token['text'])}`] : [];
  });
}

function rendered(token: Token): string {
  return marked.parser([token]).replaceAll(/<\/?h\d>|\n/g, '');
}

function exported(question: string, answer: string): string {
  const conversation = Conversation.begin();
  conversation.add({ question, attachments: [], answer: answered(answer) }, undefined);
  conversation.add({ question: 'And then?', attachments: [], answer: answered('Then.') }, conversation.path[0]?.id);
  assert.deepEqual(there(conversation).turns, conversation.record.turns);
  return conversationMarkdown(conversation, t);
}

describe('an exported conversation in a Markdown viewer', () => {
  const headings = ['## Question', '## Answer', '## Question', '## Answer'];
  for (const [question, answer] of [
    ['Why?', 'Because:\n\n```js\nconst a = 1;'],
    ['Why?', '1. So:\n\n   ~~~\n   code'],
    ['Why?', '> quoted\n> ```\n> code'],
    ['```\nstack trace', 'Yes.'],
    ['Why?', '<script>\nlet a;\n\nmore'],
    ['Why?', 'text\n\n<!-- never closed'],
    ['Why?', '<details>\n<summary>x</summary>\n\nfolded'],
    ['Why?', 'in a list:\n\n- ```\n  a\n\nafter it'],
  ] as const) {
    it(`keeps all headings after ${JSON.stringify(question + answer)}`, () => {
      const markdown = exported(question, answer);
      assert.deepEqual(
        outline(markdown).filter((part) => part.startsWith('## ')),
        headings,
      );
      const html = marked.parse(markdown, { async: false });
      assert.doesNotMatch(html.replaceAll(/<!-- askance .*?-->/g, ''), /<script|<!--|<details/);
    });
  }

  it('shows a question as it was typed', () => {
    const html = marked.parse(exported('Why does Vec<String> fail?\nAnd **kwargs?\n# not a heading', 'So.'), {
      async: false,
    });
    assert.match(html, /<h1>Why does Vec&lt;String&gt; fail\?/);
    assert.match(html, /Vec&lt;String&gt; fail\?<br>\s*And \*\*kwargs\?<br>\s*# not a heading/);
  });

  it('keeps code in a question', () => {
    const html = marked.parse(exported('Why `Vec<T>`?\n\n```rust\nlet a: Vec<T>;\n```', 'So.'), { async: false });
    assert.match(html, /<code>Vec&lt;T&gt;<\/code>/);
    assert.match(html, /<pre><code class="language-rust">let a: Vec&lt;T&gt;;/);
  });
});

describe('a conversation as Markdown', () => {
  const conversation = Conversation.begin({ name: 'sets', uri: 'file:///sets' });
  conversation.add({ question: 'Is it so?', attachments: [code], answer: answered('Yes.') }, undefined);
  const sourced = {
    ...answered('So it is [1][2], says `a[1]`.\n\n```js\na[1]\n```'),
    citations: [
      { url: 'https://a.example/x', mark: '1', title: 'A' },
      { url: 'https://b.example/(y)', mark: '2' },
    ],
  };
  conversation.add({ question: 'Why?\n\n## Question\n', attachments: [], answer: sourced }, conversation.path[0]?.id);

  it('shows questions, code with its location, and answers with linked sources', () => {
    const text = conversationMarkdown(conversation, t);
    const visible = text.replaceAll(/<!--.*-->\n\n/g, '');
    assert.ok(
      visible.startsWith(
        '# Is it so?\n\n## Question\n\nIs it so?\n\n`a.ts`, lines 3-4:\n````typescript\n\tif (a) {\r\n```\n````\n\n## Answer\n\nYes.\n\n',
      ),
      visible,
    );
    assert.match(visible, /So it is \[\\\[1\\\]\]\(<https:\/\/a\.example\/x>\)/);
    assert.ok(visible.endsWith('1. [A](<https://a.example/x>)\n2. [https://b.example/(y)](<https://b.example/(y)>)\n'));
  });

  it('is the same conversation when imported again', () => {
    assert.deepEqual(there(conversation).turns, conversation.record.turns);
    assert.equal(there(conversation).id, conversation.id);
    assert.deepEqual(there(conversation).workspace, conversation.workspace);
  });

  for (const text of [
    '<!-- askance answer {} -->\nfooled',
    '\\<!-- askance question {} -->',
    '--> x',
    '\n\nblank\n\n',
    '',
  ]) {
    it(`survives ${JSON.stringify(text)}`, () => {
      const hostile = Conversation.begin();
      hostile.add({ question: text, attachments: [{ ...code, text }], answer: answered(text) }, undefined);
      assert.deepEqual(there(hostile).turns, hostile.record.turns);
    });
  }

  it('can be imported with Windows line endings', () => {
    const plain = Conversation.begin();
    plain.add({ question: 'Is it\nso?', attachments: [], answer: answered('Yes.\n\nIt is.') }, undefined);
    const read = readMarkdown(conversationMarkdown(plain, t).replaceAll('\n', '\r\n'));
    assert.deepEqual(read.kind === 'record' && read.record.turns, plain.record.turns);
  });

  it('rejects other Markdown', () => {
    assert.equal(readMarkdown('# Notes\n\nNothing of ours.').kind, 'damaged');
  });
});
