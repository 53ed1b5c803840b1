import assert from 'node:assert/strict';
import { diagnostics, report } from './fakeVsCode.ts';
import { anchorOf, FakeDocument, open } from './vsCode.ts';

const { EditProblems, problemsLabel } = await import('../../../src/documents/editProblems.ts');
const { loadLineDiff } = await import('../../../src/documents/lineDiff.ts');

const old = 'a = one()\nb = two()\n';

function problem(document: FakeDocument, word: string, severity = 0): object {
  const start = document.getText().indexOf(word);
  const range = { start: document.positionAt(start), end: document.positionAt(start + word.length) };
  return { range, severity, message: `No ${word}`, source: 'py' };
}

async function edit(reported: readonly string[] | undefined) {
  diagnostics.clear();
  const document = open(new FakeDocument(old));
  if (reported)
    report(
      document,
      reported.map((word) => problem(document, word)),
    );
  const anchor = anchorOf(document, 'b = two()');
  const problems = new EditProblems(anchor.document);
  const lineDiff = await loadLineDiff();
  const write = async (code: string) => {
    assert.equal(await anchor.replace(code), 'applied');
    const { promise, resolve } = Promise.withResolvers<void>();
    problems.follow(lineDiff, resolve);
    return { summarized: promise };
  };
  const end = () => {
    problems.dispose();
    anchor.dispose();
  };
  return { document, problems, write, end };
}

describe('the problems of an edited file', () => {
  it('are counted when something was reported since the edit, and the new ones are named', async () => {
    const { document, problems, write, end } = await edit(['one', 'two']);
    const { summarized } = await write('b = three()');
    report(document, [problem(document, 'one'), problem(document, 'three')]);
    await summarized;
    const { summary } = problems;
    assert.ok(summary);
    assert.deepEqual({ before: summary.before, after: summary.after }, { before: 2, after: 2 });
    assert.deepEqual(
      summary.fresh.map(({ message }) => message),
      ['No three'],
    );
    assert.equal(problemsLabel(summary), '{0} problems before, {1} after');
    end();
  });

  it('are not counted by what was reported before the edit or for another file', async () => {
    const { document, problems, write, end } = await edit(undefined);
    report(document, [problem(document, 'two')]);
    await write('b = three()');
    report(open(new FakeDocument('other')), []);
    await new Promise(setImmediate);
    assert.equal(problems.summary, undefined);
    end();
  });

  it('are those of the new code alone where nobody had reported any before', async () => {
    const { document, problems, write, end } = await edit(undefined);
    const { summarized } = await write('b = three()');
    report(document, [problem(document, 'one'), problem(document, 'three')]);
    await summarized;
    const { summary } = problems;
    assert.equal(summary?.before, undefined);
    assert.deepEqual(
      summary?.fresh.map(({ message }) => message),
      ['No three'],
    );
    assert.equal(summary && problemsLabel(summary), '1 problem in the new code');
    end();
  });

  it('are not spoken of where there are none before and after', () => {
    assert.equal(problemsLabel({ before: 0, after: 0, fresh: [] }), undefined);
    assert.equal(problemsLabel({ before: undefined, after: 2, fresh: [] }), undefined);
    assert.equal(problemsLabel({ before: 1, after: 0, fresh: [] }), '1 problem before, none after');
  });
});
