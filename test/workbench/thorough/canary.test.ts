import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useWindow } from '../useWindow.ts';

/** Secrets that no other text holds. */
const canaries = ['canary-key-5c1e9a', 'canary-team-77b2d0'];

describe('a key and a secret', () => {
  const [key = '', team = ''] = canaries;
  const window = useWindow({
    demo: { apiKey: key },
    settings: (baseUrl) => ({
      'askance.profiles': [{ name: 'Demo', baseUrl, model: 'demo', headers: { 'X-Team': '${secret:TEAM}' } }],
    }),
  });

  it('are sent, and nowhere else: not in logs, exports, errors, the page, or what is stored in clear', async () => {
    const { chat, demo, page } = window();
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Without anything?');
    await chat.getByRole('button', { name: 'Set secret' }).click();
    await window().answerInputBox('Stored by VS Code', team);
    await chat.getByRole('button', { name: 'Set API key' }).click();
    await window().answerInputBox('Stored by VS Code', key);
    const answer = await window().answer(0);
    await answer.getByText('The question came without code').waitFor();
    const sent = demo.requests.at(-1);
    assert.deepEqual([sent?.key, sent?.headers['x-team']], ['expected', team]);

    await window().ask('/fault 500');
    await chat.getByRole('button', { name: 'Show request' }).last().click();
    await window().editor.getByText('"Bearer •••"').waitFor();
    const shown = await window().editor.innerText();
    await window().runCommand('Askance: Copy request as curl command');
    await page.getByText('the command takes the key from the variable').first().waitFor();
    const copied = await window().clipboard();

    const inPage = await chat
      .locator('body')
      .evaluate((body: unknown) => String(Reflect.get(Object(body), 'outerHTML')));
    for (const text of [shown, copied, inPage, ...(await textsBelow(window().dataDir))]) {
      for (const canary of canaries) assert.ok(!text.includes(canary), text.slice(0, 500));
    }
  });
});

/** Every file below a folder, as text. */
async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  assert.ok(files.length > 5, 'there is something to search');
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
}
