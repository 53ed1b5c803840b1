import { end, spawnOwned } from './childProcess.ts';
import { Complaint } from './complaint.ts';
import { openFront } from './front.ts';
import { installVsCodeServer, type VsCodeVersion } from './install.ts';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface VsCodeServerOptions {
  /** Folder for settings (`User/settings.json`), storage and extensions; made where it is missing. */
  readonly dataDir: string;
  /** Wanted port of the window's address; another one is taken where it is in use. */
  readonly port?: number;
  /** What the address must carry to be let in; absent: everyone on this machine is. */
  readonly connectionToken?: string;
  /** Allows a window to run tests (`codeAutomationExit`) and to load an extension from source. */
  readonly testDriver?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** The newest where it is absent. */
  readonly version?: VsCodeVersion | undefined;
}

export interface VsCodeServer extends AsyncDisposable {
  /** `127.0.0.1:8000`: the authority of `vscode-remote:` URIs. */
  readonly authority: string;
  readonly processId: number;
  /** The address of a window that shows the folder. */
  windowUrl(folder: string, payload?: readonly (readonly [string, string])[]): string;
}

/** Starts VS Code's server on 127.0.0.1, fetching it first where it is missing. */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const vsCode = await installVsCodeServer(options.version);
  const { dataDir, connectionToken } = options;
  await mkdir(dataDir, { recursive: true });
  const server = spawnOwned(
    vsCode.node,
    [
      join(vsCode.folder, 'out', 'server-main.js'),
      '--host=127.0.0.1',
      '--port=0',
      `--server-data-dir=${dataDir}`,
      `--user-data-dir=${dataDir}`,
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--disable-workspace-trust',
      connectionToken ? `--connection-token=${connectionToken}` : '--without-connection-token',
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const port = await listeningPort(server.stdout!, server.stderr!);
  const front = await openFront(port, options.port ?? 0, await secretKey(dataDir));
  const authority = `127.0.0.1:${front.port}`;
  return {
    authority,
    processId: server.pid ?? 0,
    windowUrl(folder, payload) {
      const url = new URL(`http://${authority}/`);
      if (connectionToken) url.searchParams.set('tkn', connectionToken);
      url.searchParams.set('folder', folder);
      if (payload) url.searchParams.set('payload', JSON.stringify(payload));
      return url.href;
    },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await end(server);
    },
  };
}

async function listeningPort(stdout: Readable, stderr: Readable): Promise<number> {
  const errors: string[] = [];
  createInterface(stderr).on('line', (line) => errors.push(line));
  const lines = createInterface(stdout);
  for await (const line of lines) {
    const port = /listening on (\d+)/.exec(line)?.[1];
    if (port) {
      // Nobody reads the rest; a full pipe would stop the server.
      stdout.resume();
      return Number(port);
    }
  }
  throw new Complaint(`VS Code's server did not start.\n${errors.join('\n')}`);
}

async function secretKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, 'secret-key');
  try {
    return await readFile(file);
  } catch {
    const key = randomBytes(32);
    await writeFile(file, key, { mode: 0o600 });
    return key;
  }
}
