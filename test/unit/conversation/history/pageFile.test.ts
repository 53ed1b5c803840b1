import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PageFile, type PageRecord } from '../../../../src/conversation/history/pageFile.ts';

describe('a page file', () => {
  let folder: string;
  const path = () => join(folder, 'pages', 'side.json');
  const record: PageRecord = {
    conversation: 'a1',
    text: 'half a quest',
    attachments: [{ id: 'c1', kind: 'file', path: 'a.py', description: '', languageId: 'python', text: 'a = 1' }],
  };
  const nothing: PageRecord = { text: '', attachments: [] };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askance-page-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('restores what was written last', async () => {
    const file = new PageFile(path());
    assert.deepEqual(file.read(), nothing);
    file.write({ ...record, text: 'half' });
    file.write(record);
    await file.flush();
    assert.deepEqual(new PageFile(path()).read(), record);
  });

  it('counts as empty if it cannot be read', async () => {
    const file = new PageFile(join(folder, 'side.json'));
    for (const text of ['', '{', '[]', '{"text": 1, "attachments": {"a": 1}, "conversation": 2}']) {
      await writeFile(join(folder, 'side.json'), text);
      assert.deepEqual(file.read(), nothing);
    }
  });

  it('skips an unreadable attachment', async () => {
    await writeFile(
      join(folder, 'side.json'),
      JSON.stringify({ ...record, attachments: [{ id: 'c0' }, ...record.attachments] }),
    );
    assert.deepEqual(new PageFile(join(folder, 'side.json')).read(), record);
  });

  it('is deleted with its page despite pending writes', async () => {
    const file = new PageFile(path());
    file.write(record);
    await file.flush();
    file.write({ ...record, text: 'more' });
    await file.remove();
    await file.flush();
    assert.deepEqual(await readdir(join(folder, 'pages')), []);
  });
});
