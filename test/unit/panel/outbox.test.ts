import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/chat/answer.ts';
import { Outbox } from '../../../src/panel/outbox.ts';
import type { Batch, ToPage } from '../../../src/shared/protocol.ts';

const snapshot: ToPage = {
  type: 'snapshot',
  page: 'view',
  conversation: 'c',
  turns: [],
  draft: { text: '', attachments: [] },
  readiness: { kind: 'noProfile' },
  parameters: {},
  fontSize: 0,
  strings: {},
};

function delta(text: string, turnId = 't'): ToPage {
  return { type: 'answerDelta', turnId, text, reasoning: '' };
}

/** An outbox with a page that has shown its snapshot. */
function openOutbox() {
  const batches: Batch[] = [];
  const outbox = new Outbox((batch) => batches.push(batch));
  outbox.open(snapshot);
  outbox.taken(batches[0]?.sequence ?? 0);
  return { outbox, batches };
}

describe('outbox', () => {
  it('gathers deltas while a batch is on its way', () => {
    const { outbox, batches } = openOutbox();
    for (const text of ['a', 'b', 'c', 'd']) outbox.send(delta(text));
    assert.deepEqual(batches[1]?.messages, [delta('a')]);
    assert.equal(batches.length, 2);
    outbox.taken(batches[1]?.sequence ?? 0);
    assert.deepEqual(batches[2]?.messages, [delta('bcd')]);
  });

  it('sends the news of an answer together with the words that come along, and alone where none come', async () => {
    const { outbox, batches } = openOutbox();
    const { text: _text, reasoning: _reasoning, ...answer } = noAnswer;
    const news: ToPage = { type: 'answerUpdated', turnId: 't', answer };
    outbox.send(news);
    outbox.send(delta('first'));
    assert.deepEqual(batches[1]?.messages, [news, delta('first')]);
    outbox.taken(batches[1]?.sequence ?? 0);
    outbox.send(news);
    await new Promise(setImmediate);
    assert.deepEqual(batches[2]?.messages, [news]);
  });

  it('keeps the order of messages, and the deltas of two turns apart', () => {
    const { outbox, batches } = openOutbox();
    const sent = [delta('a'), delta('b'), delta('x', 'u'), { type: 'focusInput' } as const, delta('y', 'u')];
    for (const message of sent) outbox.send(message);
    outbox.taken(batches[1]?.sequence ?? 0);
    assert.deepEqual(batches.flatMap(({ messages }) => messages).slice(1), sent);
  });

  it('sends nothing without a page, and a new page a snapshot alone', () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('on its way'));
    outbox.close();
    outbox.send(delta('lost on nobody'));
    assert.equal(batches.length, 2);
    outbox.open(snapshot);
    assert.deepEqual(batches[2]?.messages, [snapshot]);
  });

  it('resolves delivered when the page has shown what was sent', async () => {
    const { outbox, batches } = openOutbox();
    await outbox.delivered();
    outbox.send(delta('a'));
    outbox.send(delta('b'));
    let shown = false;
    const delivered = outbox.delivered().then(() => (shown = true));
    outbox.taken(batches[1]?.sequence ?? 0);
    await Promise.resolve();
    assert.equal(shown, false);
    outbox.taken(batches[2]?.sequence ?? 0);
    await delivered;
  });

  it('resolves delivered with the snapshot of the page that comes', async () => {
    const batches: Batch[] = [];
    const outbox = new Outbox((batch) => batches.push(batch));
    const delivered = outbox.delivered();
    outbox.open(snapshot);
    outbox.taken(batches[0]?.sequence ?? 0);
    await delivered;
  });

  it('is not moved by an answer to an older batch', () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('a'));
    outbox.send(delta('b'));
    outbox.taken(batches[0]?.sequence ?? 0);
    assert.equal(batches.length, 2);
  });
});
