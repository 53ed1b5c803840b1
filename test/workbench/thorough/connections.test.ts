import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { useWindow } from '../useWindow.ts';
import { until } from '../browser/expect.ts';

interface WrittenConnection {
  readonly name: string;
  readonly includeUsage?: boolean;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('connections', () => {
  const window = useWindow({
    demo: { usageOnlyAsked: true },
    settings: (baseUrl) => ({
      'askance.connections': [{ name: 'Demo', baseUrl, model: 'demo', headers: { 'X-Api-Key': 'canary-in-clear' } }],
    }),
  });
  const quickInput = (): Locator => window().page.locator('.quick-input-widget');
  // An icon is read as a word before the label.
  const row = (name: RegExp): Locator =>
    quickInput().getByRole('option', { name: new RegExp(name.source.replace('^', '^(?:\\S+ +)?')) });
  const written = async (): Promise<readonly WrittenConnection[]> =>
    JSON.parse(await readFile(join(window().dataDir, 'User', 'settings.json'), 'utf8'))['askance.connections'];
  /** Resolves when settings.json, which is empty for a moment while it is written, has these connections. */
  const are = (...names: readonly string[]): Promise<void> =>
    until(`the connections are ${names.join(', ')}`, async () => {
      const found = await written().catch(() => []);
      return found.map(({ name }) => name).join() === names.join();
    });
  const setting = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(window().dataDir, 'User', 'settings.json'), 'utf8').catch(() => '{}'))[
      `askance.${name}`
    ];
  /** Removes the connection that was imported last by its button in the list. */
  const removeCommented = async (): Promise<void> => {
    await window().runCommand('Askance: Select connection for edits');
    await row(/^Commented/).hover();
    await row(/^Commented/)
      .getByRole('button', { name: 'Remove it' })
      .click();
    await are('Demo', 'Copy', 'Demo 2', 'Copy 2');
  };
  const file = (): string => join(window().dataDir, 'connections.json');

  it('are named above the input, with a warning of a key that stands in the settings', async () => {
    await window().runCommand('Askance: Focus chat');
    await window().chat.getByRole('button', { name: 'Demo · demo. Select another connection' }).waitFor();
    await window()
      .chat.getByRole('button', { name: /the header X-Api-Key looks like a credential in clear/ })
      .waitFor();
    await window().screenshot('connection-warning');
  });

  it('get parameters, in their range', async () => {
    await window().runCommand('Askance: Set model parameters');
    await row(/^temperature, not sent/).click();
    const input = quickInput().locator('input');
    await input.fill('2.5');
    await quickInput().getByText('temperature must be a number from 0 to 2.').first().waitFor();
    await input.fill('0.5');
    await input.press('Enter');
    await row(/^temperature, 0\.5/).waitFor();
    await window().page.keyboard.press('Escape');
    assert.deepEqual((await written())[0]?.parameters, { temperature: 0.5 });
  });

  it('ask for usage where the test found that it is sent only then', async () => {
    await window().runCommand('Askance: Test connection');
    await row(/Usage, passed.*Sent on request/).waitFor();
    await row(/Close, Save what the test found/).click();
    await until('the connection asks for usage', async () => (await written())[0]?.includeUsage === true);
    await window().runCommand('Askance: Focus chat');
    await window().ask('How many tokens are these?');
    await (
      await window().answer(0)
    )
      .getByText(/prompt \+ \d+ completion/)
      .first()
      .waitFor();
  });

  it('are duplicated, and removed with a way back', async () => {
    await window().runCommand('Askance: Duplicate connection');
    await window().answerInputBox('Duplicate', 'Copy');
    await are('Demo', 'Copy');
    await window()
      .chat.getByRole('button', { name: /^Copy · demo/ })
      .waitFor();
    await window().runCommand('Askance: Delete connection');
    await are('Demo');
    const notification = window().page.locator('.notification-toast', { hasText: 'Deleted the connection' });
    await notification.getByRole('button', { name: 'Undo' }).click();
    await are('Demo', 'Copy');
    await window()
      .chat.getByRole('button', { name: /^Copy · demo/ })
      .waitFor();
  });

  it('are exported without keys, and imported beside those that are there', async () => {
    await window().runCommand('Askance: Export connections');
    await window().answerFileDialog('Export connections', file());
    await until('the file is there', () =>
      readFile(file(), 'utf8').then(
        () => true,
        () => false,
      ),
    );
    const exported = await readFile(file(), 'utf8');
    assert.ok(!exported.includes('canary'));
    assert.ok(exported.includes('${secret:X_Api_Key}'));

    await window().runCommand('Askance: Import connections');
    await window().answerFileDialog('Import connections', file());
    const dialog = window().page.getByRole('dialog').filter({ hasText: 'Import these connections?' });
    await dialog.getByText(window().demo.url).first().waitFor();
    await window().screenshot('import-connections');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await are('Demo', 'Copy', 'Demo 2', 'Copy 2');
    assert.equal((await written())[2]?.headers?.['X-Api-Key'], '${secret:X_Api_Key}');
  });

  it('are imported from a settings.json with comments', async () => {
    const { page, demo } = window();
    const connection = JSON.stringify({ name: 'Commented', baseUrl: demo.url, model: 'coder' });
    await writeFile(file(), `{\n  // Mine.\n  "askance.connections": [${connection},],\n}\n`);
    await window().runCommand('Askance: Import connections');
    await window().answerFileDialog('Import connections', file());
    const dialog = page.getByRole('dialog').filter({ hasText: 'Import these connections?' });
    await dialog.getByRole('button', { name: 'Add' }).click();
    await are('Demo', 'Copy', 'Demo 2', 'Copy 2', 'Commented');
  });

  it('write code where they are chosen for edits, until they are removed', async () => {
    const { demo, page } = window();
    await window().runCommand('Askance: Select connection for edits');
    await row(/^Commented/).click();
    await until('it is the one for edits', async () => (await setting('editConnection')) === 'Commented');
    await window().openFile('wrap.py');
    await window().selectLines(1, 2);
    demo.enqueue({ kind: 'text', text: 'Which of them do you mean?' });
    await window().runCommand('Askance: Replace selection…');
    await window().answerInputBox(/^Replace /, 'Add types.');
    await window().chat.getByText('Which of them do you mean?').waitFor();
    assert.equal(Object(demo.requests.at(-1)?.body).model, 'coder');

    await removeCommented();
    await until('edits go to the connection of the chat', async () => (await setting('editConnection')) === '');
    const notification = page.locator('.notification-toast', { hasText: 'Deleted the connection “Commented”' });
    await notification.getByRole('button', { name: 'Undo' }).click();
    await are('Demo', 'Copy', 'Demo 2', 'Copy 2', 'Commented');
    await until('it is the one for edits again', async () => (await setting('editConnection')) === 'Commented');
  });

  it('are removed also where the settings name one that is not there', async () => {
    const path = join(window().dataDir, 'User', 'settings.json');
    const settings = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...settings, 'askance.connection': 'Nobody' }));
    await window().chat.getByText('askance.connection is "Nobody"').first().waitFor();
    await removeCommented();
  });

  it('that cannot be used are told of beside the one that answers', async () => {
    const path = join(window().dataDir, 'User', 'settings.json');
    const settings = JSON.parse(await readFile(path, 'utf8'));
    const broken = { name: 'Broken', baseUrl: 'http://a.test', model: 'm', parameters: { temperature: 9 } };
    const connections = [...settings['askance.connections'], broken];
    await writeFile(
      path,
      JSON.stringify({ ...settings, 'askance.connections': connections, 'askance.connection': 'Demo' }),
    );
    await window()
      .chat.getByRole('button', { name: /“Broken”: temperature must be a number from 0 to 2/ })
      .waitFor();
  });
});
