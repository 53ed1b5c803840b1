import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startServer, type DemoServer } from '../../server/server.ts';
import { useWindow } from '../useWindow.ts';

describe('connecting to an endpoint', () => {
  const window = useWindow({ demo: { apiKey: 'right-key' }, settings: { 'askance.connections': [] } });
  let local: DemoServer | undefined;
  let locked: DemoServer | undefined;

  before(async () => {
    local = await startLocal();
  });
  after(() => Promise.all([local?.close(), locked?.close()]));

  const quickInput = (): Locator => window().page.locator('.quick-input-widget');
  const input = (): Locator => quickInput().locator('input[type="text"], input[type="password"]').first();
  // An icon is read as a word before the label.
  const row = (name: RegExp): Locator =>
    quickInput().getByRole('option', { name: new RegExp(name.source.replace('^', '^(?:\\S+ +)?')) });

  const connection = (name: RegExp): Locator => window().chat.getByRole('button', { name });

  it('starts from the empty panel, and needs nothing to be typed where a local server answers', async () => {
    await window().runCommand('Askance: Focus chat');
    await window().chat.getByRole('button', { name: 'Connect' }).click();
    await row(/^(Ollama|LM Studio|llama\.cpp|vLLM), .*askance-demo/).waitFor();
    await quickInput().getByText('Running on the remote machine').waitFor();
    await window().screenshot('connect-provider');
    await window().page.keyboard.press('Enter');
    await row(/^askance-demo/).waitFor();
    await window().screenshot('connect-model');
    await window().page.keyboard.press('Enter');
    await row(/^Usage, passed/).waitFor();
    await window().screenshot('connect-test');
    assert.equal(await row(/^(Resolved URL|Reachable|Key accepted|Model answers|Streaming), passed/).count(), 5);
    await row(/^Use connection, /).waitFor();
    await window().page.keyboard.press('Enter');
    await connection(/^(Ollama|LM Studio|llama\.cpp|vLLM) · askance-demo/).waitFor();
    await window().ask('Are you there?');
    await (await window().answer(0)).getByText('The question came without code').waitFor();
    assert.ok(local && local.requests.length > 2);
  });

  it('asks for no key where a local server at a URL that was typed wants none', async () => {
    await window().runCommand('Askance: Connect to an endpoint');
    await row(/^OpenRouter/).waitFor();
    // Not the address that is found by itself.
    await input().fill((local?.url ?? '').replace('127.0.0.1', 'localhost'));
    await row(/^http:.*Questions will go to /).click();
    await row(/^askance-demo/).waitFor();
    await quickInput().getByRole('button', { name: 'Back' }).click();
    await row(/^OpenRouter/).waitFor();
    await window().page.keyboard.press('Escape');
    await quickInput().waitFor({ state: 'hidden' });
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
      .getByPlaceholder(/Enter the name of a model\. The server rejected the API key/)
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
    await row(/^Use connection, /).click();
    await connection(/^127\.0\.0\.1:\d+ · askance-demo/).waitFor();
    await window().ask('And you?');
    await (await window().answer(1)).getByText('The question came without code').waitFor();
    assert.equal(window().demo.requests.at(-1)?.key, 'expected');
    const settings = await readFile(join(window().dataDir, 'User', 'settings.json'), 'utf8');
    assert.ok(settings.includes(window().demo.url));
    assert.ok(!settings.includes('right-key'));
  });

  it('asks for the key of a local server that wants one, also where that was started meanwhile', async () => {
    await window().runCommand('Askance: Connect to an endpoint');
    await row(/^(Ollama|LM Studio|llama\.cpp|vLLM), .*askance-demo/).waitFor();
    locked = await startLocal('local-key');
    await row(/^(Ollama|LM Studio|llama\.cpp|vLLM), .*API key required/).click();
    await quickInput().getByText('API key for').waitFor();
    await input().fill('local-key');
    await input().press('Enter');
    await row(/^askance-demo/).click();
    await row(/^Usage, passed/).waitFor();
    await row(/^Use connection, /).click();
    await connection(/^(Ollama|LM Studio|llama\.cpp|vLLM) · askance-demo/).waitFor();
    assert.equal(locked.requests.at(-1)?.key, 'expected');
  });

  it('says that the key that is stored goes before a variable', async () => {
    await window().runCommand('Askance: Connect to an endpoint');
    await input().fill(window().demo.url);
    await row(/^http:.*Questions will go to /).click();
    await quickInput().getByText('API key for').waitFor();
    await input().fill('$NEW_KEY');
    await quickInput().getByText('A stored key for this address is used instead of NEW_KEY').first().waitFor();
    await window().page.keyboard.press('Escape');
    await quickInput().waitFor({ state: 'hidden' });
  });

  it('asks for the key of a local server that does not answer yet', async () => {
    await window().runCommand('Askance: Connect to an endpoint');
    const running = [local, locked].map((server) => Number(new URL(server?.url ?? '').port));
    const port = usualPorts.find((each) => !running.includes(each));
    await input().fill(`http://127.0.0.1:${port}/v1`);
    await row(/^http:.*Questions will go to /).click();
    await quickInput().getByText('API key for').waitFor();
    await window().page.keyboard.press('Escape');
    await quickInput().waitFor({ state: 'hidden' });
  });
});

/** Where Connect looks for local servers. */
const usualPorts = [11_434, 1234, 8080, 8000];

/** A demo server on one of those. */
async function startLocal(apiKey?: string): Promise<DemoServer> {
  for (const port of usualPorts) {
    const server = await startServer({ port, ...(apiKey !== undefined && { apiKey }) }).catch(() => undefined);
    if (server) return server;
  }
  throw new Error('Every usual port of a local server is taken.');
}
