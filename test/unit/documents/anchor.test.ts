import assert from 'node:assert/strict';
import { anchorAt, anchorOf, FakeDocument, open } from './vsCode.ts';

const text = 'one\ntwo\nthree\nfour\n';

describe('an anchor', () => {
  it('knows its place again when a cut around it is undone', () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorOf(document, 'two\n');
    document.replace('one\ntwo\nthree\n', '');
    assert.equal(anchor.state, 'lost');
    document.undo();
    assert.equal(anchor.state, 'intact');
    assert.equal(anchor.text, 'two\n');
    assert.equal(anchor.offsets.start, text.indexOf('two'));
  });

  it('of a cursor does not, when its line is cut and put back', () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorAt(document, 5, 5);
    document.replace('two\n', '');
    document.undo();
    assert.notEqual(anchor.state, 'intact');
  });

  it('is lost in a document that a reload has replaced with another', async () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorOf(document, 'two\n');
    document.replace(text, 'five\nsix\n');
    assert.equal(anchor.state, 'lost');
    assert.equal(await anchor.replace('seven\n'), 'closed');
    assert.equal(document.getText(), 'five\nsix\n');
  });

  it('moves with other changes of the event that replaces all around it', () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorOf(document, 'three\n');
    document.change(
      { rangeOffset: 0, rangeLength: 3, text: 'first' },
      { rangeOffset: 4, rangeLength: 15, text: 'zwei\nthree\nvier\n' },
    );
    assert.equal(document.getText(), 'first\nzwei\nthree\nvier\n');
    assert.equal(anchor.state, 'intact');
    assert.equal(anchor.text, 'three\n');
  });

  it('stays where a reload replaces its line', () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorOf(document, 'two');
    document.replace('two\n', 'two and more\n');
    assert.equal(anchor.text, 'two');
    document.replace('two and more\n', 'twice and more\n');
    assert.equal(anchor.state, 'edited');
    assert.equal(anchor.text, 'twice');
  });

  it('knows an edit of thousands of places as its own', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `line ${index}\n`);
    const long = lines.join('');
    const document = open(new FakeDocument(long));
    const anchor = anchorOf(document, long);
    const changed = lines.map((line, index) => (index % 2 ? line : `# ${line}`)).join('');
    let foreign = 0;
    anchor.onDidChange(({ own }) => (foreign += own ? 0 : 1));
    assert.equal(await anchor.replace(changed), 'applied');
    assert.ok(document.getText() === changed);
    assert.equal(foreign, 0);
  });

  it('is intact again as it is when it is asked about anew', () => {
    const document = open(new FakeDocument(text));
    const anchor = anchorOf(document, 'two\n');
    document.replace('two', 'twice');
    assert.equal(anchor.state, 'edited');
    anchor.rebase();
    assert.equal(anchor.state, 'intact');
    document.replace('twice', 'thrice');
    assert.equal(anchor.state, 'edited');
  });
});
