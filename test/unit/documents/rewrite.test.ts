import assert from 'node:assert/strict';
import { rename, Selection, settings, warnings, window } from './fakeVsCode.ts';
import { anchorOf, emptyMemento, FakeDocument, open } from './vsCode.ts';

const { Rewrite } = await import('../../../src/documents/rewrite.ts');
const { UnfinishedEdits } = await import('../../../src/documents/unfinished.ts');

const old = 'alpha\nbravo\ncharlie\ndelta\n';
const around = (text: string) => `before\n${text}after\n`;

async function begin(text = old) {
  const document = open(new FakeDocument(around(text)));
  const anchor = anchorOf(document, text);
  const rewrite = await Rewrite.begin(anchor, new UnfinishedEdits(emptyMemento(), { compare: async () => undefined }));
  return { document, anchor, rewrite };
}

function editorOf(document: FakeDocument) {
  const editor = window.visibleTextEditors.find((one) => one.document === document);
  assert.ok(editor);
  return editor;
}

describe('a rewrite', () => {
  it('is one undo step, and stands whole at the end', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'charlie']);
    assert.equal(document.getText(), around('alpha\ncharlie\ndelta\n'));
    await rewrite.show(['alpha', 'charlie', 'echo']);
    assert.ok(await rewrite.finish('alpha\ncharlie\necho\n'));
    assert.equal(document.getText(), around('alpha\ncharlie\necho\n'));
    document.undo();
    assert.equal(document.getText(), around(old));
  });

  it('is one undo step also where auto-save may have begun between its lines', async () => {
    settings.set('files.autoSave', 'afterDelay').set('files.autoSaveDelay', 0);
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'charlie']);
    document.endStep();
    await rewrite.show(['alpha', 'charlie', 'echo']);
    assert.ok(await rewrite.finish('alpha\ncharlie\necho\n'));
    settings.clear();
    document.undo();
    assert.equal(document.getText(), around(old));
  });

  it('takes back what it has shown', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'charlie', 'echo']);
    await rewrite.withdraw();
    assert.equal(document.getText(), around(old));
  });

  it('is given up by an undo, and brings back nothing twice', async () => {
    const { document, rewrite } = await begin();
    let given = 0;
    rewrite.onDidAbandon(() => (given += 1));
    await rewrite.show(['alpha', 'charlie']);
    document.replace('before', 'typed');
    document.undo();
    assert.equal(given, 0);
    document.undo();
    assert.equal(given, 1);
    assert.equal(document.getText(), around(old));
    await rewrite.withdraw();
    assert.equal(document.getText(), around(old));
  });

  for (const end of ['finish', 'withdraw'] as const) {
    it(`knows what it took back when an undo brings it again, below what was typed (${end})`, async () => {
      const { document, rewrite } = await begin();
      await rewrite.show(['alpha', 'charlie']);
      document.replace('before', 'typed\nbefore');
      await document.save();
      assert.equal(document.disk, `typed\n${around(old)}`);
      document.undo();
      assert.equal(document.getText(), `typed\n${around('alpha\ncharlie\ndelta\n')}`);
      if (end === 'finish') assert.ok(await rewrite.finish('alpha\ncharlie\necho\n'));
      else await rewrite.withdraw();
      assert.equal(document.getText(), `typed\n${around(end === 'finish' ? 'alpha\ncharlie\necho\n' : old)}`);
    });
  }

  it('goes on in the file that a new document is saved as, which holds nothing provisional', async () => {
    const { document, anchor, rewrite } = await begin();
    document.isUntitled = true;
    await rewrite.show(['alpha', 'charlie']);
    const saved = open(new FakeDocument(document.getText(), '/saved.py'));
    await saved.save();
    document.replace(document.getText(), '');
    document.close();
    // What was saved half is saved once more.
    await new Promise(setImmediate);
    assert.equal(saved.disk, around(old));
    assert.equal(anchor.document.uri.path, '/saved.py');
    assert.ok(await rewrite.finish('alpha\ncharlie\necho\n'));
    assert.equal(saved.getText(), around('alpha\ncharlie\necho\n'));
    saved.undo();
    assert.equal(saved.getText(), around(old));
  });

  it('stays in a new document while another file that happens to be equal is saved', async () => {
    const file = open(new FakeDocument(around('alpha\ncharlie\n') + old, '/other.py'));
    const { document, anchor, rewrite } = await begin();
    document.isUntitled = true;
    await rewrite.show(['alpha', 'charlie']);
    file.replace(file.getText(), document.getText());
    await file.save();
    assert.equal(anchor.document.uri.path, document.uri.path);
    assert.ok(await rewrite.finish('alpha\ncharlie\necho\n'));
    assert.equal(document.getText(), around('alpha\ncharlie\necho\n'));
  });

  it('takes back lines that a formatter changed, as it does before a save', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'new=1', 'newer=2']);
    const places = [...document.getText().matchAll(/=/g)].map(({ index }) => index);
    document.change(...places.map((rangeOffset) => ({ rangeOffset, rangeLength: 1, text: ' = ' })));
    await document.save();
    assert.equal(document.disk, around(old));
    assert.ok(await rewrite.finish('alpha\nnew=1\nnewer=2\nnewest=3\n'));
    assert.equal(document.getText(), around('alpha\nnew=1\nnewer=2\nnewest=3\n'));
  });

  it('says so where a formatter changed its lines and all around, so that it cannot take them back', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'charlie']);
    warnings.length = 0;
    const formatted = document.getText().toUpperCase();
    document.change({ rangeOffset: 0, rangeLength: formatted.length, text: formatted });
    assert.equal(await rewrite.finish('alpha\ncharlie\necho\n'), false);
    assert.equal(document.getText(), formatted);
    assert.equal(warnings.length, 1);
    document.undoAll();
    assert.equal(document.getText(), around(old));
  });

  it('drops what a revert has taken back, and stands whole at the end', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['alpha', 'charlie']);
    document.replace('alpha\n', 'alpha\nbravo\n');
    assert.ok(await rewrite.finish('alpha\ncharlie\n'));
    assert.equal(document.getText(), around('alpha\ncharlie\n'));
    document.undo();
    assert.equal(document.getText(), around(old));
  });

  for (const [what, typed, by, expected] of [
    ['a key in one of them', 'two', 't!wo', `t!wo\n${old}`],
    ['a line typed between them', 'two\n', 'two\ntyped\n', `typed\n${old}`],
    ['a line broken in two', 'two', 't\nwo', `t\nwo\n${old}`],
    ['one of them deleted', 'two\n', '', old],
    ['some of them typed over', 'wo\nthr', '', `tee\n${old}`],
    ['all of them and what is above typed over', 'before\none\ntwo\nthree\n', 'typed\n', `typed\n${old}`],
  ] as const) {
    it(`takes back the lines that nobody touched: ${what}`, async () => {
      const { document, rewrite } = await begin();
      await rewrite.show(['one', 'two', 'three']);
      document.replace(typed, by);
      await rewrite.withdraw();
      assert.equal(document.getText(), what.startsWith('all') ? `${expected}after\n` : around(expected));
    });
  }

  it('puts back the old lines beside a line that was changed', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one', 'two', 'delta']);
    assert.equal(document.getText(), around('one\ntwo\ndelta\n'));
    document.replace('one', 'o!ne');
    assert.equal(await rewrite.finish('one\ntwo\ndelta\n'), false);
    assert.equal(document.getText(), around('alpha\nbravo\ncharlie\no!ne\ndelta\n'));
  });

  it('is followed through a formatter that replaces the whole document', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one', 'two']);
    const formatted = document.getText().replace('before', '# before').replace('after', '# after');
    document.replace(document.getText(), formatted);
    assert.ok(await rewrite.finish('one\ntwo\n'));
    assert.equal(document.getText(), '# before\none\ntwo\n# after\n');
  });

  it('is followed through a reload that has what stood there before', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one', 'two']);
    document.replace(document.getText(), `# new\n${around(old)}# new\n`);
    assert.ok(await rewrite.finish('one\ntwo\n'));
    assert.equal(document.getText(), `# new\n${around('one\ntwo\n')}# new\n`);
  });

  it('writes nothing where a reload does not tell its place', async () => {
    const { document, anchor, rewrite } = await begin();
    await rewrite.show(['one', 'two']);
    const theirs = `# new\n${around(old)}${around(old)}`;
    document.replace(document.getText(), theirs);
    assert.equal(anchor.state, 'lost');
    assert.equal(await rewrite.finish('one\ntwo\n'), false);
    assert.equal(document.getText(), theirs);
    assert.equal(await anchor.replace('three'), 'closed');
    assert.equal(document.getText(), theirs);
  });

  it('of a second version ends when the first stands there no more', async () => {
    const { document, anchor } = await begin();
    assert.equal(await anchor.replace('one\n'), 'applied');
    const rewrite = await Rewrite.begin(
      anchor,
      new UnfinishedEdits(emptyMemento(), { compare: async () => undefined }),
    );
    await rewrite.show(['two']);
    document.replace(document.getText(), `# new\n${around(old)}# new\n`);
    assert.equal(await rewrite.finish('two\n'), false);
    assert.equal(document.getText(), `# new\n${around(old)}# new\n`);
  });

  it('is not saved before its end, and is one undo step', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one', 'two']);
    await document.save();
    assert.deepEqual(document.saved, [around(old)]);
    assert.equal(document.getText(), around(old));
    await rewrite.show(['one', 'two', 'three']);
    assert.equal(document.getText(), around(old));
    assert.ok(await rewrite.finish('one\ntwo\nthree\n'));
    assert.equal(document.getText(), around('one\ntwo\nthree\n'));
    document.undo();
    assert.equal(document.getText(), around(old));
    document.undo();
    assert.equal(document.getText(), around(old));
  });

  it('is not saved while a line is on its way', async () => {
    const { document, rewrite } = await begin();
    const showing = rewrite.show(['one', 'two']);
    await document.save();
    await showing;
    assert.deepEqual(document.saved, [around(old)]);
    assert.equal(document.getText(), around(old));
  });

  it('is saved once more where VS Code did not wait until it was taken back', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one']);
    document.waits = false;
    await document.save();
    document.waits = true;
    assert.deepEqual(document.saved, [around(`one\n${old}`)]);
    await rewrite.withdraw();
    await new Promise(setImmediate);
    assert.deepEqual(document.saved, [around(`one\n${old}`), around(old)]);
    assert.equal(document.getText(), around(old));
  });

  it('follows its file to another name, with nothing of it there before the end', async () => {
    const { document, rewrite } = await begin();
    await rewrite.show(['one', 'two']);
    const renamed = await rename(document, '/renamed.py');
    assert.equal(renamed.getText(), around(old));
    assert.ok(await rewrite.finish('one\ntwo\n'));
    assert.equal(renamed.getText(), around('one\ntwo\n'));
    renamed.undo();
    assert.equal(renamed.getText(), around(old));
  });

  it('leaves nothing selected of what was selected to be replaced', async () => {
    const { document, anchor, rewrite } = await begin();
    const editor = editorOf(document);
    const { start, end } = anchor.range;
    editor.selections = [new Selection(start, end)];
    await rewrite.show(['one']);
    assert.deepEqual(editor.selections, [new Selection(start, start)]);
  });

  it('leaves another selection alone', async () => {
    const { document, anchor, rewrite } = await begin();
    const editor = editorOf(document);
    const { end } = anchor.range;
    editor.selections = [new Selection(end, document.positionAt(document.getText().length))];
    const before = editor.selections;
    await rewrite.show(['one']);
    assert.equal(editor.selections, before);
  });
});
