import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../browser/expect.ts';
import { ExtensionHost } from '../extensionHost.ts';
import { useWindow } from '../useWindow.ts';

describe('the storage', () => {
  const window = useWindow('own');
  let host: ExtensionHost;

  before(async () => {
    await window().runCommand('Askance: Focus chat');
    await window().question.waitFor();
    host = await ExtensionHost.of(await window().extensionHost());
  });
  after(() => host[Symbol.dispose]());

  const ask = async (question: string, answer: string): Promise<void> => {
    window().demo.enqueue({ kind: 'text', text: answer });
    await window().ask(question);
    await window().chat.getByText(answer).waitFor();
  };
  const folder = (): string => join(window().dataDir, 'User', 'globalStorage', 'askance.askance', 'conversations');
  /** The conversations that hold all these texts. */
  const kept = async (...texts: readonly string[]): Promise<number> => {
    const names = (await readdir(folder()).catch(() => [])).filter((name) => name.endsWith('.json'));
    const files = await Promise.all(names.map((name) => readFile(join(folder(), name), 'utf8')));
    return files.filter((file) => texts.every((text) => file.includes(text))).length;
  };
  const isKept = (...texts: readonly string[]): Promise<void> =>
    until(`one conversation with ${texts.join(', ')} is kept`, async () => (await kept(...texts)) === 1);

  for (const [name, code, calls] of [
    ['that is full', 'ENOSPC', ['writeFile']],
    ['that is read-only', 'EROFS', ['writeFile', 'open', 'mkdir', 'rename', 'rm']],
  ] as const) {
    it(`${name} is told, stops no question, and gets everything when that is over`, async () => {
      await window().runCommand('Askance: New chat');
      await host.evaluate(failing(code, calls));
      await ask(`Where to, ${code}?`, `Nowhere, ${code}.`);
      const toast = window().page.locator('.notification-toast', {
        hasText: `Cause: ${code}`,
      });
      await toast.waitFor();
      await ask(`And now, ${code}?`, `Still nowhere, ${code}.`);
      assert.equal(await kept(`Nowhere, ${code}.`), 0);
      await host.evaluate('askanceMend()');
      await ask(`And at last, ${code}?`, `Here it is, ${code}.`);
      await isKept(`Nowhere, ${code}.`, `Still nowhere, ${code}.`, `Here it is, ${code}.`);
      await window().runCommand('Notifications: Clear All Notifications');
    });
  }

  it('loses nothing where the clock is set back', async () => {
    await host.evaluate('globalThis.askanceNow = Date.now; Date.now = () => Date.parse("2001-02-03T04:05:06Z")');
    await ask('What time is it?', 'It is long ago.');
    await isKept('Here it is, EROFS.', 'It is long ago.');
    await window().runCommand('Askance: New chat');
    await ask('And in a new chat?', 'Long ago, too.');
    await isKept('Long ago, too.');
    await host.evaluate('Date.now = askanceNow');
    await window().runCommand('Askance: Show history');
    const list = window().page.locator('.quick-input-widget');
    await list.getByRole('option', { name: 'And in a new chat?' }).waitFor();
    await list.getByRole('option', { name: 'Where to, EROFS?' }).waitFor();
    await window().page.keyboard.press('Escape');
  });

  it('loses nothing of two windows that write into one conversation', async () => {
    await window().runCommand('Askance: New chat');
    await ask('Who is first?', 'The first window.');
    await isKept('The first window.');
    await using second = await window().another();
    await second.runCommand('Askance: Show history');
    await second.pickQuickly('Who is first?');
    await second.chat.getByText('The first window.').waitFor();
    second.demo.enqueue({ kind: 'text', text: 'The second window.' });
    await second.ask('Who is second?');
    await second.chat.getByText('The second window.').waitFor();
    await ask('Who is third?', 'The first window again.');
    await isKept('The first window.', 'The second window.', 'The first window again.');
  });
});

/** JavaScript that makes these calls fail in Askance's folders, until `askanceMend` is called. */
function failing(code: string, calls: readonly string[]): string {
  return `(() => {
    const fs = process.getBuiltinModule('node:fs/promises');
    const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');
    const real = { ...fs };
    globalThis.askanceMend = () => { Object.assign(fs, real); syncBuiltinESMExports(); };
    for (const name of ${JSON.stringify(calls)}) {
      fs[name] = (path, ...rest) => String(path).includes('askance.askance')
        ? Promise.reject(Object.assign(new Error('${code}: not now, ' + name), { code: '${code}' }))
        : real[name](path, ...rest);
    }
    syncBuiltinESMExports();
  })()`;
}
