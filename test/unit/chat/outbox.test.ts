import assert from 'node:assert/strict';
import { noAnswer } from '../../../src/conversation/answer.ts';
import { Outbox } from '../../../src/chat/outbox.ts';
import type { Batch, ToPage } from '../../../src/shared/protocol.ts';

const snapshot: ToPage = {
  type: 'snapshot',
  page: 'view',
  conversation: 'c',
  turns: [],
  draft: { text: '', attachments: [] },
  readiness: { kind: 'noConnection' },
  parameters: {},
  fontSize: 0,
  strings: {},
};

function delta(text: string, turnId = 't'): ToPage {
  return { type: 'answerDelta', turnId, text, reasoning: '' };
}

/** The moment is over in which messages are gathered. */
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An outbox with a page that has shown its snapshot. */
function openOutbox() {
  const batches: Batch[] = [];
  const outbox = new Outbox((batch) => batches.push(batch));
  outbox.open(snapshot);
  outbox.taken(batches[0]?.sequence ?? 0);
  return { outbox, batches };
}

describe('outbox', () => {
  const { text: _text, reasoning: _reasoning, ...answer } = noAnswer;
  const news: ToPage = { type: 'answerUpdated', turnId: 't', answer };
  const focus: ToPage = { type: 'focusInput' };

  it('sends what is told in one moment as one batch', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(news);
    outbox.send(delta('a'));
    outbox.send(delta('b'));
    await moment();
    assert.deepEqual(batches[1]?.messages, [news, delta('ab')]);
  });

  it('gathers deltas while a batch with words is on its way', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('a'));
    await moment();
    for (const text of ['b', 'c', 'd']) {
      outbox.send(delta(text));
      await moment();
    }
    assert.equal(batches.length, 2);
    outbox.taken(batches[1]?.sequence ?? 0);
    assert.deepEqual(batches[2]?.messages, [delta('bcd')]);
  });

  it('sends the first words of an answer though the page has not shown yet what came before', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(focus);
    await moment();
    outbox.send(news);
    await moment();
    outbox.send(delta('first'));
    await moment();
    assert.deepEqual(
      batches.slice(1).map(({ messages }) => messages),
      [[focus], [news], [delta('first')]],
    );
  });

  it('sends what becomes of an answer at once, and with it the words before it', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('a'));
    await moment();
    outbox.send(delta('b'));
    outbox.send(news);
    await moment();
    assert.deepEqual(batches[2]?.messages, [delta('b'), news]);
  });

  it('keeps the order of messages, and the deltas of two turns apart', async () => {
    const { outbox, batches } = openOutbox();
    const sent = [delta('a'), delta('b', 'u'), focus, delta('y', 'u')];
    for (const message of sent) outbox.send(message);
    await moment();
    assert.deepEqual(batches.flatMap(({ messages }) => messages).slice(1), sent);
  });

  it('sends nothing without a page, and a new page a snapshot alone', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('on its way'));
    await moment();
    outbox.send(delta('not sent any more'));
    outbox.close();
    outbox.send(delta('lost on nobody'));
    await moment();
    assert.equal(batches.length, 2);
    outbox.open(snapshot);
    assert.deepEqual(batches[2]?.messages, [snapshot]);
    outbox.send(delta('the next page waits for no other'));
    await moment();
    assert.equal(batches.length, 4);
  });

  it('resolves delivered when the page has shown what was sent', async () => {
    const { outbox, batches } = openOutbox();
    await outbox.delivered();
    outbox.send(delta('a'));
    await moment();
    outbox.send(delta('b'));
    let shown = false;
    const delivered = outbox.delivered().then(() => (shown = true));
    outbox.taken(batches[1]?.sequence ?? 0);
    await moment();
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

  it('is not moved by an answer to an older batch', async () => {
    const { outbox, batches } = openOutbox();
    outbox.send(delta('a'));
    await moment();
    outbox.send(delta('b'));
    outbox.taken(batches[0]?.sequence ?? 0);
    await moment();
    assert.equal(batches.length, 2);
  });
});
