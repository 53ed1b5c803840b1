import { Complaint } from './complaint.ts';
import { project } from './paths.ts';
import { canInstallPackages, installPackages, succeeds } from './systemPackages.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Starts Chromium without a screen; installs one where there is none, and says so. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = installedBrowser() ?? (await installBrowser());
  return chromium.launch({
    executablePath,
    args: [
      '--headless=new',
      // Chromium refuses to run as root with it, as in containers.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The browser named by `CHROME_PATH`, or the first of Chrome, Chromium and Edge that is found where they usually are. */
function installedBrowser(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!existsSync(named)) throw new Complaint(`CHROME_PATH names ${named}, which does not exist.`);
    return named;
  }
  return [...usualPlaces(), chromium.executablePath()].find((path) => existsSync(path));
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
        const root = process.env[variable];
        if (!root) return [];
        return [join('Google', 'Chrome'), 'Chromium', join('Microsoft', 'Edge')].map((name) =>
          join(root, name, 'Application', name.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
        );
      });
    default:
      return [
        'google-chrome',
        'google-chrome-stable',
        'chromium',
        'chromium-browser',
        'microsoft-edge',
        'microsoft-edge-stable',
      ].flatMap((name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => join(folder, name)));
  }
}

async function installBrowser(): Promise<string> {
  console.log('No Chrome, Chromium or Edge found; fetching Chromium as Playwright does …');
  const playwright = join(project, 'node_modules', 'playwright-core', 'cli.js');
  if (await succeeds(process.execPath, [playwright, 'install', 'chromium'])) return chromium.executablePath();

  if (canInstallPackages() && (await installPackages('chromium')) && existsSync('/usr/bin/chromium')) {
    return '/usr/bin/chromium';
  }
  throw new Complaint(
    'The tests in VS Code need a browser, and none could be installed: install Chrome, Chromium or Edge, ' +
      'or name one in the environment variable CHROME_PATH.',
  );
}
