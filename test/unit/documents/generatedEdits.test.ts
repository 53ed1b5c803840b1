import assert from 'node:assert/strict';
import { Random } from '../../fuzz/random.ts';
import { EndOfLine, window } from './fakeVsCode.ts';
import { anchorAt, emptyMemento, FakeDocument, open } from './vsCode.ts';

const { Rewrite } = await import('../../../src/documents/rewrite.ts');
const { UnfinishedEdits } = await import('../../../src/documents/unfinished.ts');

/** Few, so that old and new lines meet, and some that stand in many places. */
const lines = ['alpha = 1', 'bravo = 2', 'charlie = 3', '}', '', 'delta = 4', 'echo = 5'] as const;
/** What the user types; a line that holds it is theirs. */
const mark = '§';

function text(random: Random, most: number): string {
  return Array.from({ length: random.below(most + 1) }, () => `${random.pick(lines)}\n`).join('');
}

/** Without the lines that are the user's. */
function withoutTyped(all: string): string {
  return all
    .split(/(?<=\n)/)
    .filter((line) => !line.includes(mark))
    .join('');
}

/** The user types, somewhere: a line of their own, or into a line that is streamed. */
function type(random: Random, document: FakeDocument, number: number): void {
  const starts = [0, ...[...document.getText().matchAll(/\n/g)].map(({ index }) => index + 1)];
  const rangeOffset = starts[random.below(starts.length)] ?? 0;
  document.change({
    rangeOffset,
    rangeLength: 0,
    text: `${mark} ${number}${document.eol === EndOfLine.LF ? '\n' : '\r\n'}`,
  });
}

async function run(random: Random): Promise<void> {
  const eol = random.pick(['\n', '\r\n']);
  const [above, old, below, reply] = [3, 8, 3, 8].map((most) => text(random, most).replaceAll('\n', eol)) as [
    string,
    string,
    string,
    string,
  ];
  const before = above + old + below;
  window.visibleTextEditors = [];
  const document = open(new FakeDocument(before, `/generated${random.below(1e9)}.py`));
  const anchor = anchorAt(document, above.length, above.length + old.length);
  const rewrite = await Rewrite.begin(anchor, new UnfinishedEdits(emptyMemento(), { compare: async () => undefined }));
  const end = { isAbandoned: false };
  rewrite.onDidAbandon(() => (end.isAbandoned = true));
  // In a document without a line break those of the reply are VS Code's.
  const fitted = before.includes(eol) ? reply : reply.replaceAll('\r\n', '\n');
  const replyLines = reply.split(eol).slice(0, -1);
  let shown = 0;
  const log: string[] = [];
  for (let step = 0; step < 8 && !end.isAbandoned; step += 1) {
    const show = async (): Promise<void> => {
      shown = Math.min(replyLines.length, shown + 1 + random.below(3));
      await rewrite.show(replyLines.slice(0, shown));
    };
    const what = random.pick(['show', 'show', 'show', 'type', 'undo', 'save', 'show and type', 'show and save']);
    log.push(`${what} ${JSON.stringify(document.getText())}`);
    const showing = what.startsWith('show') ? show() : undefined;
    if (what.endsWith('type')) type(random, document, step);
    if (what === 'undo') document.undo();
    if (what.endsWith('save')) await document.save();
    await showing;
  }
  const told = `${JSON.stringify({ above, old, below, reply })}\n${log.join('\n')}\n${JSON.stringify(document.getText())}`;
  const isWritten = !end.isAbandoned && !random.once(3) && (await rewrite.finish(reply));
  if (!isWritten) await rewrite.withdraw();
  rewrite.dispose();
  assert.equal(withoutTyped(document.getText()), isWritten ? above + fitted + below : before, told);
  for (const saved of document.saved) assert.equal(withoutTyped(saved), before, told);
  document.undoAll();
  assert.equal(document.getText(), before, told);
  anchor.dispose();
}

describe('a file into which code streams', () => {
  it('holds at the end what it held or the reply, and what was typed, whatever happens meanwhile', async () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      try {
        await run(new Random(seed));
      } catch (error) {
        assert.fail(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
  });
});
