import assert from 'node:assert/strict';
import { warnings } from './fakeVsCode.ts';
import { anchorOf, emptyMemento, FakeDocument, open } from './vsCode.ts';

const { Rewrite } = await import('../../../src/documents/rewrite.ts');
const { UnfinishedEdits } = await import('../../../src/documents/unfinished.ts');

const old = 'alpha\nbravo\ncharlie\n';
const around = (text: string) => `before\n${text}after\n`;

async function begin(path: string) {
  const document = open(new FakeDocument(around(old), path));
  const memento = emptyMemento();
  const rewrite = await Rewrite.begin(anchorOf(document, old), new UnfinishedEdits(memento));
  await rewrite.show(['one', 'two']);
  /** What the next window does at its start. */
  const nextWindow = async () => {
    warnings.length = 0;
    await new UnfinishedEdits(memento).takeBack();
    return warnings;
  };
  return { document, rewrite, nextWindow };
}

describe('code whose window ended while it came', () => {
  it('is taken back in the next', async () => {
    const { document, rewrite, nextWindow } = await begin('/ended.py');
    await rewrite.show(['one', 'two', 'three']);
    const [warning] = await nextWindow();
    assert.match(warning ?? '', /stands there again/);
    assert.equal(document.getText(), around(old));
    assert.deepEqual(await nextWindow(), []);
  });

  it('is left alone, and told of, where the file has changed around it', async () => {
    const { document, nextWindow } = await begin('/changed.py');
    document.replace('after', 'typed');
    const text = document.getText();
    const [warning] = await nextWindow();
    assert.match(warning ?? '', /Half of the code/);
    assert.equal(document.getText(), text);
  });

  it('is nothing to speak of after its end, an undo or a withdrawal', async () => {
    const finished = await begin('/finished.py');
    assert.ok(await finished.rewrite.finish('one\ntwo\nthree\n'));
    assert.deepEqual(await finished.nextWindow(), []);
    assert.equal(finished.document.getText(), around('one\ntwo\nthree\n'));
    const withdrawn = await begin('/withdrawn.py');
    await withdrawn.rewrite.withdraw();
    assert.deepEqual(await withdrawn.nextWindow(), []);
    const undone = await begin('/undone.py');
    undone.document.undo();
    assert.deepEqual(await undone.nextWindow(), []);
  });

  it('is nothing to speak of where the file does not hold it', async () => {
    const { document, nextWindow } = await begin('/gone.py');
    document.close();
    open(new FakeDocument(around(old), '/gone.py'));
    assert.deepEqual(await nextWindow(), []);
  });
});
