import { end } from '../childProcess.ts';
import { Complaint } from '../complaint.ts';
import { installNodeForWindows } from '../install.ts';
import { startWithOutput, type Machine, type NodeOptions } from '../machine.ts';
import { installWine, NotShown } from './installWine.ts';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A Windows of its own, as Wine shows it: drive C is a temporary folder, drive Z this machine's root. */
export class Wine implements Machine, AsyncDisposable {
  /** `C:\work`. */
  readonly temporary: string;
  readonly #wine: string;
  readonly #node: string;
  readonly #home: string;
  /** Folders of this machine and what they are called there; the nearest counts. */
  readonly #places: [folder: string, name: string][];

  private constructor(wine: string, node: string, home: string) {
    this.#wine = wine;
    this.#node = node;
    this.#home = home;
    this.temporary = join(home, 'drive_c', 'work');
    this.#places = [
      [join(home, 'drive_c'), 'C:\\'],
      ['/', 'Z:\\'],
    ];
  }

  /** @throws {NotShown} where Wine or Node for Windows cannot be had */
  static async start(): Promise<Wine> {
    const wine = await installWine();
    const node = await installNodeForWindows().catch((error: unknown) => {
      if (error instanceof Complaint)
        throw new NotShown('Node for Windows could not be fetched from the npm registry.');
      throw error;
    });
    const started = new Wine(wine, node, await mkdtemp(join(tmpdir(), 'askance-wine-')));
    try {
      await started.#setUp();
      return started;
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }

  pathOf(path: string): string {
    for (const [folder, name] of this.#places) {
      const below = relative(folder, path);
      if (!below.startsWith('..')) return name + below.replaceAll('/', '\\');
    }
    throw new Error(`${path} is not absolute.`);
  }

  /** Node fails there where its output is a pipe; a file is fine. */
  startNode(args: readonly string[], options: NodeOptions): ChildProcess {
    return this.#start([this.#node, ...args], options);
  }

  /** Makes a folder of this machine a drive, such as `D`. */
  async addDrive(letter: string, folder: string): Promise<void> {
    await symlink(folder, join(this.#home, 'dosdevices', `${letter.toLowerCase()}:`));
    this.#places.unshift([folder, `${letter}:\\`]);
  }

  /** Makes a folder of this machine a share: `\\host\name`. */
  async addShare(host: string, name: string, folder: string): Promise<void> {
    const shares = join(this.#home, 'dosdevices', 'unc', host);
    await mkdir(shares, { recursive: true });
    await symlink(folder, join(shares, name));
    this.#places.unshift([folder, `\\\\${host}\\${name}\\`]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = join(dirname(this.#wine), 'wineserver');
    const ending = startWithOutput(server, ['--kill', '--wait'], { output: this.#log, env: this.#env });
    await once(ending, 'exit').catch(() => undefined);
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #setUp(): Promise<void> {
    await this.#run('wineboot', '--init');
    // Which Wine does not say by itself, and Node asks for.
    await this.#run('winecfg', '-v', 'win10');
    await mkdir(this.temporary, { recursive: true });
    const output = await this.#run(this.#node, '-p', 'process.platform');
    if (output.trim() !== 'win32') throw new NotShown(`Wine does not run Node for Windows: ${output}`);
  }

  async #run(program: string, ...args: readonly string[]): Promise<string> {
    const child = this.#start([program, ...args], { output: this.#log });
    await once(child, 'exit');
    await end(child);
    return readFile(this.#log, 'utf8');
  }

  #start(args: readonly string[], options: NodeOptions): ChildProcess {
    return startWithOutput(this.#wine, args, { ...options, env: { ...this.#env, ...options.env } });
  }

  get #log(): string {
    return join(this.#home, 'log');
  }

  get #env(): NodeJS.ProcessEnv {
    const preload = pathToFileURL(join(import.meta.dirname, 'preload.ts')).href.replace('file:///', 'file:///Z:/');
    return {
      WINEPREFIX: this.#home,
      WINEARCH: 'win64',
      WINEDEBUG: '-all',
      // Else it offers to fetch what browsers and .NET would need.
      WINEDLLOVERRIDES: 'mscoree,mshtml=',
      DISPLAY: '',
      // A file looks like a terminal to programs there.
      FORCE_COLOR: '0',
      NODE_OPTIONS: `--import=${preload}`,
    };
  }
}
