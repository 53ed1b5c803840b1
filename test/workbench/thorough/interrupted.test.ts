import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reply } from '../../server/reply.ts';
import { useWindow } from '../useWindow.ts';
import { until } from '../browser/expect.ts';
import { longAnswer } from '../browser/replies.ts';

const words = Array.from({ length: 150 }, (_, index) => `word${index}`).join(' ');
/** Some seconds: long enough for the view to be hidden and shown again while it comes. */
const slow: Reply = { kind: 'text', text: words, pace: { charactersPerDelta: 4, deltasPerSecond: 40 } };

describe('an answer under way', () => {
  const window = useWindow();
  const begin = async (reply: Reply, index: number): Promise<void> => {
    window().demo.reset();
    window().demo.enqueue(reply);
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Tell me.');
    await window()
      .chat.getByRole('article', { name: 'Answer' })
      .nth(index)
      .getByText(/word0|one two/)
      .waitFor();
  };

  it('goes on while its view is hidden, and is whole when that is shown again', async () => {
    const { page, demo, chat } = window();
    await begin(slow, 0);
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Explorer/ })
      .click();
    await page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
    await page.locator('.activitybar').getByRole('tab', { name: 'Askance' }).click();
    assert.ok((await (await window().answer(0)).innerText()).includes(words));
    assert.equal(await chat.getByRole('article', { name: 'Answer' }).count(), 1);
    assert.equal(demo.requests.length, 1);
  });

  const ends: Readonly<Record<string, () => Promise<void>>> = {
    'its window': () => window().reload(),
    'the extension host': () => window().killExtensionHost(),
  };
  for (const [name, end] of Object.entries(ends)) {
    it(`ends with ${name}, when what came is kept already, and the next one asks as ever`, async () => {
      await window().runCommand('Askance: New chat');
      await begin(longAnswer, 0);
      const request = await window().demo.nextRequest();
      await until('what came is written', async () => (await written()).includes('one two three'));
      await end();
      assert.equal(await request.closed, 'early');
      await asksAsEver();
    });
  }

  it('goes on while its view moves to the other side bar', async () => {
    const { page, demo } = window();
    await window().runCommand('Askance: New chat');
    await begin(slow, 0);
    await window().runCommand('View: Move View');
    await window().pickQuickly(/Chat/);
    await window().pickQuickly('New Secondary Side Bar Entry');
    await page
      .locator('.auxiliarybar')
      .getByRole('tab', { name: /Askance|Chat/ })
      .waitFor();
    assert.ok((await (await window().answer(0)).innerText()).includes(words));
    await window().screenshot('moved');
    assert.equal(demo.requests.length, 1);
    await window().runCommand('View: Reset View Locations');
  });

  /** The file of the conversation that was written last. */
  async function written(): Promise<string> {
    const folder = join(window().dataDir, 'User', 'globalStorage', 'askance.askance', 'conversations');
    const paths = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
    const times = await Promise.all(paths.map(async (path) => [(await stat(path)).mtimeMs, path] as const));
    const [, latest] = times.toSorted(([a], [b]) => b - a)[0] ?? [];
    return latest === undefined ? '' : readFile(latest, 'utf8');
  }

  async function asksAsEver(): Promise<void> {
    const { chat, demo } = window();
    demo.reset();
    demo.enqueue({ kind: 'text', text: 'As ever.' });
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Are you there?');
    await chat.getByText('As ever.').waitFor();
    assert.equal(demo.requests.length, 1);
  }
});
