// `npm start`: the extension as it stands, in a VS Code of its own, with a server to ask and a workspace to ask about.
import { startServer } from '../server/server.ts';
import { buildExtension } from './script.ts';
import { main } from './complaint.ts';
import { cache, sample } from './paths.ts';
import { installFromSource, quietSettings, writeSettings } from './userSettings.ts';
import { startVsCodeServer } from './vscodeServer.ts';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Storage in the browser belongs to the origin, port included: the same one each time keeps it. Else any free one. */
const windowPort = 41380;
const demoPort = 41381;

await main(async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
  await buildExtension();

  const workspace = join(cache, 'workspace');
  await rm(workspace, { recursive: true, force: true });
  await cp(sample, workspace, { recursive: true });

  const demo = await startServer({ port: demoPort }).catch(() => startServer());
  const dataDir = join(cache, 'start');
  await installFromSource(dataDir);
  if (!(await settingsName(dataDir, demo.url))) {
    const settings = quietSettings(demo.url);
    const second = { name: 'Demo, Responses API', baseUrl: demo.url, api: 'responses', model: 'demo', search: 'auto' };
    const connections = [{ name: 'Demo', baseUrl: demo.url, model: 'demo' }, second];
    await writeSettings(dataDir, { ...settings, 'askance.connections': connections });
  }

  const connectionToken = randomBytes(16).toString('hex');
  const server = await startVsCodeServer({ dataDir, port: windowPort, connectionToken });
  const url = server.windowUrl(workspace);
  console.log(`\nAskance in VS Code:\n  ${url}\nDemo endpoint (no key needed):\n  ${demo.url}\nCtrl+C ends both.`);
  openWhereThereIsADisplay(url);
});

/** Whether the settings of an earlier start still lead to the demo endpoint; what was changed in them stays. */
async function settingsName(dataDir: string, demoUrl: string): Promise<boolean> {
  return readFile(join(dataDir, 'User', 'settings.json'), 'utf8').then(
    (settings) => settings.includes(demoUrl),
    () => false,
  );
}

function openWhereThereIsADisplay(url: string): void {
  const opener = openerOfUrls();
  if (!opener) return;
  const [command, ...args] = opener;
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    // The address stands in the terminal.
    .on('error', () => undefined)
    .unref();
}

function openerOfUrls(): readonly [string, ...string[]] | undefined {
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['explorer'];
    default:
      return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
  }
}
