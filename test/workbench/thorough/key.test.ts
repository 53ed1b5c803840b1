import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type DemoServer } from '../../server/server.ts';
import { useWindow } from '../useWindow.ts';

describe('the API key', () => {
  const window = useWindow({ demo: { apiKey: 'right-key' } });
  let moved: DemoServer | undefined;
  after(() => moved?.close());
  const enterKey = async (key: string) => {
    const input = window()
      .page.locator('.quick-input-widget')
      .filter({ hasText: 'Stored by VS Code' })
      .locator('input');
    assert.equal(await input.getAttribute('type'), 'password');
    await input.fill(key);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden' });
  };

  it('that is missing is asked for below the error', async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Who are you?');
    const answer = await window().answer(0);
    await answer.getByText('The server requires an API key').waitFor();
    assert.equal((await window().demo.nextRequest()).key, 'none');
    await answer.getByRole('button', { name: 'Set API key' }).click();
    await enterKey('wrong-key');
  });

  it('that is entered there is sent at once; one that is wrong is called so', async () => {
    assert.equal((await window().demo.nextRequest()).key, 'other');
    const answer = await window().answer(0);
    await answer.getByText('The server rejected the API key').waitFor();
    await answer.getByRole('button', { name: 'Set API key' }).waitFor();
  });

  it('is entered by Askance: Set API key and from then on sent', async () => {
    await window().runCommand('Askance: Set API key');
    await enterKey('right-key');
    await window().chat.getByRole('button', { name: 'Retry' }).click();
    assert.equal((await window().demo.nextRequest()).key, 'expected');
    await (await window().answer(0)).getByText('The question came without code').waitFor();
  });

  it('is still there after the window was loaded again', async () => {
    await window().reload();
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Do you know me?');
    assert.equal((await window().demo.nextRequest()).key, 'expected');
    await (await window().answer(0)).getByText('The question came without code').waitFor();
  });

  it('stays with its address: a connection that moves to another one asks for a key again', async () => {
    moved = await startServer({ apiKey: 'other-key' });
    const path = join(window().dataDir, 'User', 'settings.json');
    const settings = JSON.parse(await readFile(path, 'utf8'));
    const [connection] = settings['askance.connections'];
    settings['askance.connections'] = [{ ...connection, baseUrl: moved.url, model: 'moved' }];
    await writeFile(path, JSON.stringify(settings));
    // A VS Code without native parts does not see that a file changed.
    await window().reload();
    await window().runCommand('Askance: Focus chat');
    await window()
      .chat.getByRole('button', { name: /^Demo · moved/ })
      .waitFor();
    await window().runCommand('Askance: New chat');
    await window().ask('Who are you now?');
    assert.equal((await moved.nextRequest()).key, 'none');
    const answer = await window().answer(0);
    await answer.getByText('The server requires an API key').waitFor();
    await answer.getByRole('button', { name: 'Set API key' }).waitFor();
  });
});
