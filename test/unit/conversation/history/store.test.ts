import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeAtomically } from '../../../../src/conversation/history/atomicFile.ts';
import { Conversation } from '../../../../src/conversation/conversation.ts';
import { ConversationFolder } from '../../../../src/conversation/history/conversationFolder.ts';
import { Library } from '../../../../src/conversation/history/library.ts';
import { moveAside } from '../../../../src/conversation/history/damaged.ts';
import { ConversationStore } from '../../../../src/conversation/history/store.ts';
import { tidy } from '../../../../src/conversation/history/tidy.ts';
import { conversationText } from '../../../../src/conversation/history/conversationText.ts';
import { answered, conversationWith, questionsOf } from './records.ts';

describe('the history', () => {
  let folder: string;
  let damaged: string[];
  let errors: unknown[];
  let merged: Conversation[];
  /** Another window with the same history. */
  const openWindow = () => {
    const files = new ConversationFolder(folder);
    const store = new ConversationStore(files, {
      onDamaged: async (path) => void damaged.push(await moveAside(files, path)),
      onMerge: (conversation) => merged.push(conversation),
      onError: (error) => errors.push(error),
      onWritten: () => undefined,
    });
    return { store, library: new Library(files, store, (paths) => damaged.push(...paths)) };
  };
  const tidyAt = (now: number, hasTabs = false) =>
    tidy({ conversations: new ConversationFolder(folder), pages: join(folder, '..', 'pages'), hasTabs }, now);
  const fileOf = ({ id }: Conversation) => join(folder, `${id}.json`);
  const add = (conversation: Conversation, question: string) =>
    conversation.add({ question, attachments: [], answer: answered(question) }, conversation.path.at(-1)?.id);

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'askance-history-')), 'conversations');
    [damaged, errors, merged] = [[], [], []];
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('lists saved conversations newest first, without empty ones', async () => {
    const { store } = openWindow();
    const [old, recent, empty] = [conversationWith('Old'), conversationWith('Recent'), Conversation.begin()];
    add(recent, 'Later');
    for (const conversation of [old, recent, empty]) store.save(conversation);
    await store.flush();
    const summaries = await openWindow().library.list();
    assert.deepEqual(
      summaries.map(({ title, questions }) => [title, questions]),
      [
        ['Recent', 2],
        ['Old', 1],
      ],
    );
    assert.deepEqual(questionsOf(await openWindow().store.load(recent.id)), ['Recent', 'Later']);
    assert.deepEqual(openWindow().store.loadNow(recent.id)?.record, recent.record);
    assert.equal(await openWindow().store.load('nothing'), undefined);
    assert.equal(await openWindow().store.load('../outside'), undefined);
  });

  it('writes on its own, and again after changes during a write', async () => {
    const { store } = openWindow();
    const conversation = conversationWith('One');
    store.save(conversation);
    const flushed = store.flush();
    add(conversation, 'Two');
    store.save(conversation);
    await flushed;
    await store.close(conversation.id);
    assert.deepEqual(questionsOf(await openWindow().store.load(conversation.id)), ['One', 'Two']);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.endsWith('.json')),
      [],
      'no temporary file and no lock is left',
    );
  });

  it('merges what two windows write into one conversation', async () => {
    const conversation = conversationWith('One');
    const stores = [openWindow(), openWindow(), openWindow()].map(({ store }) => store);
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
    const kept = await openWindow().store.load(conversation.id);
    assert.equal(kept?.record.turns.length, 16);
    assert.ok(merged.length > 0);
    assert.deepEqual([damaged, errors], [[], []]);
  });

  it('moves a damaged file aside, reports it, and continues', async () => {
    const { store, library } = openWindow();
    const good = conversationWith('Good');
    store.save(good);
    await store.flush();
    await writeFile(join(folder, 'half.json'), conversationText(conversationWith('Half')).slice(0, 200));
    assert.deepEqual(
      (await library.list()).map(({ title }) => title),
      ['Good'],
    );
    assert.equal(damaged.length, 1);
    assert.match(await readFile(damaged[0] ?? '', 'utf8'), /"askance": 1/);
    await writeFile(fileOf(good), 'not what it was');
    add(good, 'More');
    store.save(good);
    await store.flush();
    assert.equal(damaged.length, 2);
    assert.deepEqual(questionsOf(await openWindow().store.load(good.id)), ['Good', 'More']);
  });

  it('lists unreadable chats with the reason, without hiding others', async () => {
    const { store, library } = openWindow();
    store.save(conversationWith('Good'));
    await store.flush();
    await mkdir(join(folder, 'locked.json'));
    await writeFile(join(folder, 'later.json'), JSON.stringify({ askance: 7, id: 'later', title: 'Of tomorrow' }));
    await writeFile(join(folder, 'huge.json'), '{');
    await truncate(join(folder, 'huge.json'), 3_000_000_000);
    await writeFile(join(folder, 'half.json'), '{"askance": 1');
    // Nothing can be moved aside.
    await writeFile(join(folder, 'damaged'), '');
    const listed = (await library.list()).map(({ title, obstacle }) => [title, obstacle] as const);
    assert.deepEqual(Object.fromEntries(listed), {
      Good: undefined,
      locked: 'unreadable',
      'Of tomorrow': 'newer',
      huge: 'tooLarge',
      half: 'damaged',
    });
    assert.equal((await library.searchTexts(['locked', 'huge', 'half', 'later'])).size, 0);
    for (const id of ['locked', 'later', 'huge', 'half']) {
      assert.equal(await store.load(id), undefined);
      assert.equal(store.loadNow(id), undefined);
    }
    assert.deepEqual([damaged, errors], [[], []]);
  });

  it('lists a chat with very many questions', async () => {
    const turns = Array.from({ length: 130_000 }, (_, asked) => ({
      id: `${asked}`,
      asked,
      question: '',
      answer: { text: '' },
    }));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'many.json'), JSON.stringify({ askance: 1, id: 'many', turns, chosen: {} }));
    const { library } = openWindow();
    assert.deepEqual(
      (await library.list()).map(({ asked, questions }) => [asked, questions]),
      [[129_999, 130_000]],
    );
  });

  it("never overwrites a newer version's file on import, rename or save", async () => {
    const open = conversationWith('One');
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify({ askance: 7, id: open.id, threads: [] });
    await writeFile(fileOf(open), text);
    const { store, library } = openWindow();
    assert.equal(await store.load(open.id), undefined);
    assert.equal(await library.import(open.record), 'newer');
    await library.change(open.id, (each) => each.rename('Mine'));
    store.save(open);
    await store.flush();
    assert.equal(await readFile(fileOf(open), 'utf8'), text);
    assert.deepEqual([damaged, errors.length], [[], 1]);
  });

  it('imports over a damaged file only after moving that away', async () => {
    const { library } = openWindow();
    const conversation = conversationWith('One');
    await mkdir(folder, { recursive: true });
    await writeFile(fileOf(conversation), '{"askance": 1');
    await writeFile(join(folder, 'damaged'), 'a file in the way');
    assert.equal(await library.import(conversation.record), 'damaged');
    assert.equal(await readFile(fileOf(conversation), 'utf8'), '{"askance": 1');
    await rm(join(folder, 'damaged'));
    assert.equal(await library.import(conversation.record), undefined);
    assert.equal(await readFile(damaged[0] ?? '', 'utf8'), '{"askance": 1');
    assert.equal((await library.list()).length, 1);
  });

  it('is made private and cleared of leftovers of killed windows', async () => {
    const { store } = openWindow();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    const pages = join(folder, '..', 'pages');
    for (const name of ['damaged', 'index', 'deleted']) await mkdir(join(folder, name), { recursive: true });
    await mkdir(pages);
    const left = [
      join(folder, `${conversation.id}.json.0a1b2c3d.tmp`),
      join(folder, `${conversation.id}.json.lock`),
      join(folder, 'index', 'index.json.0a1b2c3d.tmp'),
      join(folder, 'damaged', '1-half.json'),
      join(pages, 'lost.json'),
    ];
    for (const path of [...left, join(pages, 'view.json')]) await writeFile(path, 'left');
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    const everything = [folder, join(folder, 'damaged'), pages, fileOf(conversation), join(pages, 'view.json')];
    for (const path of everything) await chmod(path, (await stat(path)).isDirectory() ? 0o755 : 0o644);
    await tidyAt(Date.now());
    assert.equal((await readdir(folder)).length, 6, 'another window may be writing');
    if (process.platform !== 'win32') {
      assert.deepEqual(await Promise.all(everything.map(mode)), [0o700, 0o700, 0o700, 0o600, 0o600]);
    }
    const months = Date.now() + 60 * 24 * 60 * 60 * 1000;
    await tidyAt(months, true);
    assert.deepEqual((await readdir(pages)).toSorted(), ['lost.json', 'view.json'], 'a tab may need it');
    await tidyAt(months);
    assert.deepEqual(await readdir(pages), ['view.json']);
    assert.deepEqual(await readdir(join(folder, 'damaged')), []);
    assert.deepEqual((await readdir(folder)).toSorted(), [`${conversation.id}.json`, 'damaged', 'deleted', 'index']);
  });

  it('rebuilds a missing, damaged or outdated index', async () => {
    const { store } = openWindow();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    const titles = async () => (await openWindow().library.list()).map(({ title }) => title);
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

  it('can undo a deletion until it is final', async () => {
    const { store, library } = openWindow();
    const conversation = conversationWith('Secret');
    store.save(conversation);
    const { undo, finish } = await library.remove(conversation.id);
    assert.deepEqual(await library.list(), []);
    await undo();
    assert.deepEqual(
      (await library.list()).map(({ title }) => title),
      ['Secret'],
    );
    assert.ok(finish);
    const removed = await library.remove(conversation.id);
    await removed.finish();
    assert.deepEqual(await readdir(join(folder, 'deleted')), []);
    const again = conversationWith('Forgotten');
    store.save(again);
    await library.remove(again.id);
    await tidyAt(Date.now() + 1000);
    assert.equal((await readdir(join(folder, 'deleted'))).length, 1);
    await tidyAt(Date.now() + 48 * 60 * 60 * 1000);
    assert.deepEqual(await readdir(join(folder, 'deleted')), []);
  });

  it('restores a deleted chat with what another window wrote meanwhile', async () => {
    const { store, library } = openWindow();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    const other = openWindow().store;
    const there = await other.load(conversation.id);
    assert.ok(there);
    add(conversation, 'Here');
    store.save(conversation);
    const { undo } = await library.remove(conversation.id);
    add(there, 'There');
    other.save(there);
    await other.flush();
    await undo();
    const kept = await openWindow().store.load(conversation.id);
    assert.deepEqual(kept?.record.turns.map(({ question }) => question).toSorted(), ['Here', 'One', 'There']);
    assert.deepEqual(await readdir(join(folder, 'deleted')), []);
  });

  it('changes and imports chats that are not open, merging new turns', async () => {
    const { library } = openWindow();
    const conversation = conversationWith('One');
    await library.import(conversation.record);
    await library.change(conversation.id, (each) => each.rename('Called'));
    add(conversation, 'Two');
    await library.import(conversation.record);
    const kept = await openWindow().store.load(conversation.id);
    assert.deepEqual([kept?.title, questionsOf(kept)], ['Called', ['One', 'Two']]);
  });

  it('shows turns imported into an open conversation', async () => {
    const { store, library } = openWindow();
    const open = conversationWith('One');
    store.save(open);
    await store.flush();
    const exported = new Conversation(open.record);
    add(exported, 'Two');
    await library.import(exported.record);
    assert.deepEqual(questionsOf(open), ['One', 'Two']);
    assert.deepEqual(merged, [open]);
    assert.deepEqual(questionsOf(await openWindow().store.load(open.id)), ['One', 'Two']);
  });

  it('takes over the lock of a killed process', async function () {
    this.timeout(20_000);
    const { store } = openWindow();
    const conversation = conversationWith('One');
    await mkdir(folder, { recursive: true });
    await writeFile(`${fileOf(conversation)}.lock`, '');
    store.save(conversation);
    await store.flush();
    assert.deepEqual(questionsOf(await openWindow().store.load(conversation.id)), ['One']);
  });

  it('takes over the lock of a killed process whose clock was ahead', async () => {
    const { store } = openWindow();
    const conversation = conversationWith('One');
    await mkdir(folder, { recursive: true });
    const lock = `${fileOf(conversation)}.lock`;
    await writeFile(lock, '');
    const tomorrow = Date.now() / 1000 + 24 * 60 * 60;
    await utimes(lock, tomorrow, tomorrow);
    store.save(conversation);
    await store.flush();
    assert.deepEqual(questionsOf(await openWindow().store.load(conversation.id)), ['One']);
  });

  it('leaves no temporary file after a failed write', async () => {
    const conversation = conversationWith('One');
    // A folder in the place of the file: what was written beside it cannot take that place.
    await mkdir(join(fileOf(conversation), 'in the way'), { recursive: true });
    await assert.rejects(writeAtomically(fileOf(conversation), 'text'));
    assert.deepEqual(await readdir(folder), [basename(fileOf(conversation))]);
  });

  it('reports failing writes once, and writes when possible again', async () => {
    await writeFile(folder, 'a file where the folder should be');
    const { store } = openWindow();
    const conversation = conversationWith('One');
    for (const question of ['Two', 'Three']) {
      add(conversation, question);
      store.save(conversation);
      await store.flush();
    }
    assert.equal(errors.length, 1);
    await rm(folder);
    await store.flush();
    assert.deepEqual(questionsOf(await openWindow().store.load(conversation.id)), ['One', 'Two', 'Three']);
  });

  it('searches questions, answers and attachment names', async () => {
    const { store, library } = openWindow();
    const conversation = conversationWith('One');
    store.save(conversation);
    await store.flush();
    assert.match((await library.searchTexts([conversation.id, 'gone'])).get(conversation.id) ?? '', /One\nA: One/);
  });
});
