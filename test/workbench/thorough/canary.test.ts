import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { useWindow } from '../useWindow.ts';
import { until } from '../browser/expect.ts';

/** Secrets that no other text holds. */
const canaries = ['canary-key-5c1e9a', 'canary-team-77b2d0'];

describe('a key and a secret', () => {
  const [key = '', team = ''] = canaries;
  /** Refuses every request, and repeats what it got in all that a refusal may say. */
  const echo = createServer(({ headers }, response) => {
    const message = `Who is ${headers.authorization}, of ${String(headers['x-team'])}?`;
    response.writeHead(401, { 'x-request-id': team }).end(JSON.stringify({ error: { message, param: key } }));
  });
  let echoUrl = '';
  before(async () => {
    await once(echo.listen(0, '127.0.0.1'), 'listening');
    echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
  });
  after(() => {
    echo.closeAllConnections();
    echo.close();
  });
  const headers = { 'X-Team': '${secret:TEAM}' };
  const window = useWindow({
    demo: { apiKey: key },
    settings: (baseUrl) => ({
      'askance.connections': [
        { name: 'Demo', baseUrl, model: 'demo', headers },
        { name: 'Echo', baseUrl: echoUrl, model: 'demo', headers },
      ],
    }),
  });
  const enterSecrets = async (): Promise<void> => {
    const { chat } = window();
    await chat.getByRole('button', { name: 'Set header secret' }).last().click();
    await window().answerInputBox('Secret TEAM for', team);
    await chat.getByRole('button', { name: 'Set API key' }).last().click();
    await window().answerInputBox('API key for', key);
  };
  it('are sent, and nowhere else: not in logs, exports, errors, the page, or what is stored in clear', async () => {
    const { chat, demo, editor, page } = window();
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    await window().ask('Without anything?');
    await enterSecrets();
    const answer = await window().answer(0);
    await answer.getByText('The question came without code').waitFor();
    const sent = demo.requests.at(-1);
    assert.deepEqual([sent?.key, sent?.headers['x-team']], ['expected', team]);

    await window().ask('/fault 500');
    await chat.getByRole('button', { name: 'Preview request' }).last().click();
    await editor.getByText('"Bearer •••"').waitFor();
    const shown = await editor.innerText();
    await window().runCommand('Askance: Copy request as curl command');
    await page.getByText('The command reads the API key from the variable').first().waitFor();
    const copied = await window().clipboard();

    await window().openFile('intervals.ts');
    await window().selectLines(11, 13);
    demo.enqueue({ kind: 'text', text: '```typescript\n  get extent() {\n    return 1;\n  }\n```\n' });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Call it extent.');
    await editor.getByText('get extent() {').waitFor();
    assert.equal(demo.requests.at(-1)?.key, 'expected');

    await window().runCommand('Askance: Focus chat');
    await chat.getByRole('button', { name: /^Demo · / }).click();
    await window().pickQuickly(/^Echo/);
    await chat.getByRole('button', { name: /^Echo · / }).waitFor();
    await window().ask('Who am I?');
    await enterSecrets();
    const refused = await window().answer(2);
    await refused.getByText('The server rejected the API key').waitFor();
    await refused.getByText('Details').click();
    await refused.getByText('Who is Bearer •••, of •••?').waitFor();

    let tried = 0;
    echo.on('request', () => (tried += 1));
    await window().runCommand('Askance: Diagnose connection');
    await until('both ways were tried', () => tried >= 2);
    const path = join(window().dataDir, 'chat.md');
    await window().runCommand('Askance: Export chat');
    await window().answerFileDialog('Export chat', path);
    const read = () => readFile(path, 'utf8').catch(() => '');
    await until('the chat is exported', async () => (await read()) !== '');
    const chatFile = await read();
    assert.match(chatFile, /Who am I\?/);

    const inPage = await chat
      .locator('body')
      .evaluate((body: unknown) => String(Reflect.get(Object(body), 'outerHTML')));
    const texts = [shown, copied, await window().clipboard(), inPage, chatFile];
    for (const text of [...texts, ...(await textsBelow(window().dataDir))]) {
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
