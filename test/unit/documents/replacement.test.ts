import assert from 'node:assert/strict';
import { settings } from './fakeVsCode.ts';
import { anchorOf, FakeDocument, open } from './vsCode.ts';

const { replyTarget } = await import('../../../src/documents/replacement.ts');

function indentation(text: string, isVisible: boolean) {
  const document = open(new FakeDocument(text), isVisible);
  const { insertSpaces, tabSize } = replyTarget(anchorOf(document, text));
  return { insertSpaces, tabSize };
}

describe('the indentation that a reply is fitted to', () => {
  after(() => settings.clear());

  it('is that of the editor that shows the document', () => {
    assert.deepEqual(indentation('a:\n\tb\n', true), { insertSpaces: true, tabSize: 4 });
  });

  it('is that of the lines of a document that no editor shows, then that of the settings', () => {
    settings.set('editor.tabSize', 8);
    assert.deepEqual(indentation('a:\n\tb\n * c\n', false), { insertSpaces: false, tabSize: 8 });
    assert.deepEqual(indentation('a:\n  b\n', false), { insertSpaces: true, tabSize: 8 });
    settings.set('editor.insertSpaces', false);
    assert.deepEqual(indentation('a\n', false), { insertSpaces: false, tabSize: 8 });
  });
});
