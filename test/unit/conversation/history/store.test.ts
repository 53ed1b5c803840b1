import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeAtomically } from '../../../../src/conversation/history/atomicFile.ts';
import { Conversation } from '../../../../src/conversation/conversation.ts';
import { ConversationStore } from '../../../../src/conversation/history/store.ts';
import { conversationText } from '../../../../src/conversation/history/storedConversation.ts';
import { answered, conversationWith, questionsOf } from './records.ts';

describe('the history', () => {
  let folder: string;
  let damaged: string[];
  let errors: unknown[];
  let merged: Conversation[];
  /** Another window with the same history. */
  const openStore = () =>
    new ConversationStore(folder, {
      onDamaged: (paths) => damaged.push(...paths),
      onMerge: (conversation) => merged.push(conversation),
      onError: (error) => errors.push(error),
    });
  const fileOf = ({ id }: Conversation) => join(folder, `${id}.json`);
  const add = (conversation: Conversation, question: string) =>
    conversation.add({ question, attachments: [], answer: answered(question) }, conversation.path.at(-1)?.id);

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'askance-history-')), 'conversations');
    [damaged, errors, merged] = [[], [], []];
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('holds what was saved, newest first, and nothing of a conversation without a question', async () => {
    const store = openStore();
    const [old, recent, empty] = [conversationWith('Old'), conversationWith('Recent'), Conversation.begin()];
    add(recent, 'Later');
    for (const conversation of [old, recent, empty]) store.save(conversation);
    await store.flush();
    const summaries = await openStore().list();
    assert.deepEqual(
      summaries.map(({ title, questions }) => [title, questions]),
      [
        ['Recent', 2],
        ['Old', 1],
      ],
    );
    assert.deepEqual(questionsOf(await openStore().load(recent.id)), ['Recent', 'Later']);
    assert.deepEqual(openStore().loadNow(recent.id)?.record, recent.record);
    assert.equal(await openStore().load('nothing'), undefined);
    assert.equal(await openStore().load('../outside'), undefined);
  });

  it('writes by itself, and what changed while it wrote once more', async () => {
    const store = openStore();
    const conversation = conversationWith('One');
    store.save(conversation);
    const flushed = store.flush();
    add(conversation, 'Two');
    store.save(conversation);
    await flushed;
    await store.close(conversation.id);
    assert.deepEqual(questionsOf(await openStore().load(conversation.id)), ['One', 'Two']);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.endsWith('.json')),
      [],
      'no temporary file and no lock is left',
    );
  });

  it('loses nothing of two windows that write into one conversation', async () => {
    const conversation = conversationWith('One');
    const stores = [openStore(), openStore(), openStore()];
    stores[0]?.save(conversation);
    await stores[0]?.flush();
    const windows = await Promise.all(stores.slice(1).map((store) => store.load(conversation.id)));
    const all = [conversation, ...windows];
    for (let round = 0; round < 5; round += 1) {
      for (const [index, each] of all.entries()) {
        assert.ok(each);
        add(each, `${index}.${round}`);
        stores[index]?.save(each);
      }
      await Promise.all(stores.map((store) => store.flush()));
    }
    const kept = await openStore().load(conversation.id);
    assert.equal(kept?.record.turns.length, 16);
    assert.ok(merged.length > 0);
    assert.deepEqual([damaged, errors], [[], []]);
  });

  it('sets a damaged file aside, tells it, and goes on', async () => {
    const store = openStore();
    const good = conversationWith('Good');
    store.save(good);
    await store.flush();
    await writeFile(join(folder, 'half.json'), conversationText(conversationWith('Half')).slice(0, 200));
    assert.deepEqual(
      (await store.list()).map(({ title }) => title),
      ['Good'],
    );
    assert.equal(damaged.length, 1);
    assert.match(await readFile(damaged[0] ?? '', 'utf8'), /"askance": 1/);
    await writeFile(fileOf(good), 'not what it was');
    add(good, 'More');
    store.save(good);
    await store.flush();
    assert.equal(damaged.length, 2);
    assert.deepEqual(questionsOf(await openStore().load(good.id)), ['Good', 'More']);
  });

  it('shows the others where one cannot be read', async () => {
    const store = openStore();
    store.save(conversationWith('Good'));
    await store.flush();
    await mkdir(join(folder, 'locked.json'));
    assert.deepEqual(
      (await store.list()).map(({ title }) => title),
      ['Good'],
    );
    assert.equal((await store.searchTexts(['locked'])).size, 0);
    assert.equal(damaged.length, 0);
  });

  it('leaves alone what a later version wrote', async () => {
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify({ askance: 7, id: 'later', threads: [] });
    await writeFile(join(folder, 'later.json'), text);
    assert.deepEqual(await openStore().list(), []);
    assert.equal(await openStore().load('later'), undefined);
    assert.equal(await readFile(join(folder, 'later.json'), 'utf8'), text);
    assert.deepEqual(damaged, []);
  });

  it('makes its index anew where it is gone, damaged or behind', async () => {
    const store = openStore();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    const titles = async () => (await openStore().list()).map(({ title }) => title);
    assert.deepEqual(await titles(), ['One']);
    const index = join(folder, 'index', 'index.json');
    for (const text of ['{', '[]', JSON.stringify({ gone: { stamp: '1', summary: {} } })]) {
      await writeFile(index, text);
      assert.deepEqual(await titles(), ['One']);
    }
    conversation.rename('Named');
    store.save(conversation);
    await store.flush();
    assert.deepEqual(await titles(), ['Named']);
    await rm(fileOf(conversation));
    assert.deepEqual(await titles(), []);
  });

  it('deletes so that it can be undone, until it is final', async () => {
    const store = openStore();
    const conversation = conversationWith('Secret');
    store.save(conversation);
    const { undo, finish } = await store.remove(conversation.id);
    assert.deepEqual(await store.list(), []);
    await undo();
    assert.deepEqual(
      (await store.list()).map(({ title }) => title),
      ['Secret'],
    );
    assert.ok(finish);
    const removed = await store.remove(conversation.id);
    await removed.finish();
    assert.deepEqual(await readdir(join(folder, 'deleted')), []);
    const again = conversationWith('Forgotten');
    store.save(again);
    await store.remove(again.id);
    await store.purge(Date.now() + 1000);
    assert.equal((await readdir(join(folder, 'deleted'))).length, 1);
    await store.purge(Date.now() + 48 * 60 * 60 * 1000);
    assert.deepEqual(await readdir(join(folder, 'deleted')), []);
  });

  it('changes and imports what is not open, and takes up what is new in it', async () => {
    const store = openStore();
    const conversation = conversationWith('One');
    await store.import(conversation.record);
    await store.change(conversation.id, (each) => each.rename('Called'));
    add(conversation, 'Two');
    await store.import(conversation.record);
    const kept = await openStore().load(conversation.id);
    assert.deepEqual([kept?.title, questionsOf(kept)], ['Called', ['One', 'Two']]);
  });

  it('shows what is imported into a conversation that is open', async () => {
    const store = openStore();
    const open = conversationWith('One');
    store.save(open);
    await store.flush();
    const exported = new Conversation(open.record);
    add(exported, 'Two');
    await store.import(exported.record);
    assert.deepEqual(questionsOf(open), ['One', 'Two']);
    assert.deepEqual(merged, [open]);
    assert.deepEqual(questionsOf(await openStore().load(open.id)), ['One', 'Two']);
  });

  it('goes on after a process that was killed with the lock in its hand', async function () {
    this.timeout(20_000);
    const store = openStore();
    const conversation = conversationWith('One');
    await mkdir(folder, { recursive: true });
    await writeFile(`${fileOf(conversation)}.lock`, '');
    store.save(conversation);
    await store.flush();
    assert.deepEqual(questionsOf(await openStore().load(conversation.id)), ['One']);
  });

  it('goes on after such a process whose clock was ahead', async () => {
    const store = openStore();
    const conversation = conversationWith('One');
    await mkdir(folder, { recursive: true });
    const lock = `${fileOf(conversation)}.lock`;
    await writeFile(lock, '');
    const tomorrow = Date.now() / 1000 + 24 * 60 * 60;
    await utimes(lock, tomorrow, tomorrow);
    store.save(conversation);
    await store.flush();
    assert.deepEqual(questionsOf(await openStore().load(conversation.id)), ['One']);
  });

  it('leaves no temporary file behind where a write fails', async () => {
    const conversation = conversationWith('One');
    // A folder in the place of the file: what was written beside it cannot take that place.
    await mkdir(join(fileOf(conversation), 'in the way'), { recursive: true });
    await assert.rejects(writeAtomically(fileOf(conversation), 'text'));
    assert.deepEqual(await readdir(folder), [basename(fileOf(conversation))]);
  });

  it('tells once that it cannot write, and writes when it can again', async function () {
    // Root may write everywhere.
    if (process.getuid?.() === 0) {
      await writeFile(folder, 'a file where the folder should be');
    } else {
      await mkdir(folder);
      await chmod(folder, 0o500);
    }
    const store = openStore();
    const conversation = conversationWith('One');
    for (const question of ['Two', 'Three']) {
      add(conversation, question);
      store.save(conversation);
      await store.flush();
    }
    assert.equal(errors.length, 1);
    await (process.getuid?.() === 0 ? rm(folder) : chmod(folder, 0o700));
    await store.flush();
    assert.deepEqual(questionsOf(await openStore().load(conversation.id)), ['One', 'Two', 'Three']);
  });

  it('searches questions, answers and the names of what was attached', async () => {
    const store = openStore();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    assert.match((await store.searchTexts([conversation.id, 'gone'])).get(conversation.id) ?? '', /One\nA: One/);
  });
});
