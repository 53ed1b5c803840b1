import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startServer, type DemoServer } from '../../server/server.ts';
import { useWindow } from '../useWindow.ts';

describe('connecting to an endpoint', () => {
  const window = useWindow({ demo: { apiKey: 'right-key' }, settings: { 'askance.profiles': [] } });
  let local: DemoServer | undefined;

  // One of the ports on which Connect looks for local servers.
  before(async () => {
    for (const port of [11_434, 1234, 8080, 8000]) local ??= await startServer({ port }).catch(() => undefined);
    assert.ok(local, 'every usual port of a local server is taken');
  });
  after(() => local?.close());

  const quickInput = (): Locator => window().page.locator('.quick-input-widget');
  const input = (): Locator => quickInput().locator('input[type="text"], input[type="password"]').first();
  // An icon is read as a word before the label.
  const row = (name: RegExp): Locator =>
    quickInput().getByRole('option', { name: new RegExp(name.source.replace('^', '^(?:\\S+ +)?')) });

  const profile = (name: RegExp): Locator => window().chat.getByRole('button', { name });

  it('starts from the empty panel, and needs nothing to be typed where a local server answers', async () => {
    await window().runCommand('Askance: Focus chat');
    await window().chat.getByRole('button', { name: 'Connect' }).click();
    await row(/^(Ollama|LM Studio|llama\.cpp|vLLM), .*askance-demo/).waitFor();
    await window().screenshot('connect-provider');
    await window().page.keyboard.press('Enter');
    await row(/^askance-demo/).waitFor();
    await window().screenshot('connect-model');
    await window().page.keyboard.press('Enter');
    await row(/^Usage, passed/).waitFor();
    await window().screenshot('connect-test');
    assert.equal(await row(/^(Resolved URL|Reachable|Key accepted|Model answers|Streaming), passed/).count(), 5);
    await row(/^Use it, /).waitFor();
    await window().page.keyboard.press('Enter');
    await profile(/^(Ollama|LM Studio|llama\.cpp|vLLM) · askance-demo/).waitFor();
    await window().ask('Are you there?');
    await (await window().answer(0)).getByText('The question came without code').waitFor();
    assert.ok(local && local.requests.length > 2);
  });

  it('takes any URL, with a key, tells which part of it fails, and goes back to put it right', async () => {
    await window().runCommand('Askance: Connect to an endpoint');
    await row(/^OpenRouter/).waitFor();
    await input().fill(window().demo.url);
    await row(/^http:.*Questions will go to .*\/v1\/chat\/completions/).click();
    await quickInput().getByText('API key for').waitFor();
    assert.equal(await input().getAttribute('type'), 'password');
    await input().fill('wrong-key');
    await input().press('Enter');
    await quickInput()
      .getByPlaceholder(/Type the name of a model\. The server refused the API key/)
      .waitFor();
    await input().fill('any');
    await row(/^any/).waitFor();
    await input().press('Enter');
    await row(/^Key accepted, failed/).waitFor();
    await row(/^Usage, not tested/).waitFor();
    assert.equal(await row(/, failed/).count(), 1);
    await window().screenshot('connect-test-failed');
    const back = quickInput().getByRole('button', { name: 'Back' });
    await back.click();
    await quickInput()
      .getByPlaceholder(/name of a model/)
      .waitFor();
    await back.click();
    await quickInput().getByText('API key for').waitFor();
    await input().fill('right-key');
    await input().press('Enter');
    await row(/^askance-demo/).click();
    await row(/^Usage, passed/).waitFor();
    await row(/^Use it, /).click();
    await profile(/^127\.0\.0\.1:\d+ · askance-demo/).waitFor();
    await window().ask('And you?');
    await (await window().answer(1)).getByText('The question came without code').waitFor();
    assert.equal(window().demo.requests.at(-1)?.key, 'expected');
    const settings = await readFile(join(window().dataDir, 'User', 'settings.json'), 'utf8');
    assert.ok(settings.includes(window().demo.url));
    assert.ok(!settings.includes('right-key'));
  });
});
