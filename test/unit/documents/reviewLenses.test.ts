import assert from 'node:assert/strict';
import { loadLineDiff } from '../../../src/documents/lineDiff.ts';
import { anchorOf, FakeDocument, open } from './vsCode.ts';

const { joined, TrackedHunks } = await import('../../../src/documents/hunks.ts');
const { reviewLenses } = await import('../../../src/documents/reviewLenses.ts');

async function titles(original: string, now: string): Promise<readonly string[]> {
  const lineDiff = await loadLineDiff();
  const document = open(new FakeDocument(`# above\n${now}# below\n`));
  const anchor = anchorOf(document, now);
  const { start } = anchor.offsets;
  const lenses = reviewLenses({
    kind: 'review',
    id: 1,
    anchor,
    original,
    hunks: new TrackedHunks(joined(lineDiff(now, original, start), now, start), now, start),
    followUps: undefined,
    problems: undefined,
    end: Promise.withResolvers(),
    lineDiff,
  });
  anchor.dispose();
  return lenses.map(({ command }) => command?.title ?? '');
}

describe('the row above a change', () => {
  const [keep, undo] = process.platform === 'darwin' ? ['⌘K Y', '⌘K N'] : ['Ctrl+K Y', 'Ctrl+K N'];

  it('has Keep, Undo and their keys', async () => {
    assert.deepEqual(await titles('a = 1\n', 'a = 2\n'), [
      `$(check) Keep ${keep}`,
      `$(discard) Undo ${undo}`,
      '$(ellipsis)',
    ]);
  });

  it('tells how many lines went where they are not shown at those that came', async () => {
    const rows = await titles('one\ntwo\nthree\n', 'all\n');
    assert.deepEqual(rows.slice(2), ['− {0} lines', '$(ellipsis)']);
  });

  it('is one for each change, and the first speaks of all', async () => {
    const before = 'a = 1\nsame = 0\nb = 1\nc = 1\nd = 1\n';
    assert.deepEqual(await titles(before, 'a = 2\nsame = 0\nb = 2\n'), [
      `$(check) Keep all ${keep}`,
      `$(discard) Undo all ${undo}`,
      '{0} of {1} $(chevron-right)',
      '$(ellipsis)',
      ...(process.platform === 'darwin'
        ? ['$(check) Keep ⌘K ⇧Y', '$(discard) Undo ⌘K ⇧N']
        : ['$(check) Keep Ctrl+K Shift+Y', '$(discard) Undo Ctrl+K Shift+N']),
      '− {0} lines',
      '{0} of {1} $(chevron-right)',
      '$(ellipsis)',
    ]);
  });
});
