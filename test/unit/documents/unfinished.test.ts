import assert from 'node:assert/strict';
import { unfinishedKey } from '../../../src/documents/unfinishedKey.ts';
import { user, warnings } from './fakeVsCode.ts';
import { anchorOf, emptyMemento, FakeDocument, open } from './vsCode.ts';

const { Rewrite } = await import('../../../src/documents/rewrite.ts');
const { UnfinishedEdits } = await import('../../../src/documents/unfinished.ts');

const old = 'alpha\nbravo\ncharlie\n';
const around = (text: string) => `before\n${text}after\n`;

async function begin(path: string) {
  const document = open(new FakeDocument(around(old), path));
  const memento = emptyMemento();
  const update = memento.update.bind(memento);
  let last: unknown;
  memento.update = async (key, value) => {
    last = value ?? last;
    await update(key, value);
  };
  /** The window ends before VS Code has kept that there is no note any more. */
  const keepNote = () => update(unfinishedKey, last);
  const compared: string[] = [];
  const texts = { compare: async (_: unknown, before: string) => void compared.push(before) };
  const rewrite = await Rewrite.begin(anchorOf(document, old), new UnfinishedEdits(memento, texts));
  await rewrite.show(['one', 'two']);
  /** What the next window does at its start. */
  const nextWindow = async () => {
    warnings.length = 0;
    await new UnfinishedEdits(memento, texts).takeBack();
    return warnings;
  };
  return { document, rewrite, nextWindow, keepNote, compared };
}

describe('code whose window ended while it came', () => {
  afterEach(() => (user.presses = undefined));

  it('is taken back in the next', async () => {
    const { document, rewrite, nextWindow } = await begin('/ended.py');
    await rewrite.show(['one', 'two', 'three']);
    const [warning] = await nextWindow();
    assert.match(warning ?? '', /original code was restored/);
    assert.equal(document.getText(), around(old));
    assert.deepEqual(await nextWindow(), []);
  });

  it('is left alone, and told of, where the file has changed around it', async () => {
    const { document, nextWindow, compared } = await begin('/changed.py');
    document.replace('after', 'typed');
    const text = document.getText();
    user.presses = 'Compare';
    const [warning] = await nextWindow();
    assert.match(warning ?? '', /nothing was restored/);
    assert.equal(document.getText(), text);
    assert.deepEqual(compared, [old]);
  });

  for (const [what, from, to] of [
    ['completes it', 'charlie', 'three, by hand'],
    ['completes its last line', 'two', 'two plus'],
    ['deletes what is below it', 'charlie\n', ''],
    ['adds a blank', 'one', 'one '],
  ] as const) {
    it(`is left alone where the user ${what} before the next window looks`, async () => {
      const { document, nextWindow, compared } = await begin(`/by-hand-${what}.py`);
      document.replace(from, to);
      const text = document.getText();
      user.presses = 'Compare';
      const [warning] = await nextWindow();
      assert.match(warning ?? '', /nothing was restored/);
      assert.equal(document.getText(), text);
      assert.deepEqual(compared, [around(old)], 'what was there before can be seen');
    });
  }

  it('is taken back as far as it had come when the file was kept', async () => {
    const { document, rewrite, nextWindow, keepNote } = await begin('/behind.py');
    const kept = document.getText();
    await rewrite.show(['one', 'two', 'bravo', 'four']);
    document.close();
    const reopened = open(new FakeDocument(kept, '/behind.py'));
    await keepNote();
    assert.match((await nextWindow())[0] ?? '', /original code was restored/);
    assert.equal(reopened.getText(), around(old));
  });

  it('is left alone when it was complete, though the note of it outlived the window', async () => {
    const { document, rewrite, nextWindow, keepNote } = await begin('/complete.py');
    const lines = ['one', 'two', 'alpha', 'bravo', 'charlie', 'three'];
    await rewrite.show(lines);
    assert.ok(await rewrite.finish(`${lines.join('\n')}\n`));
    await keepNote();
    assert.deepEqual(await nextWindow(), []);
    assert.equal(document.getText(), around(`${lines.join('\n')}\n`));
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
