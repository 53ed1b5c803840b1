import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { queryObjects } from 'node:v8';
import * as vscode from 'vscode';
import type { Fault } from '../../server/reply.ts';
import { openFile, select, useFolder } from './editor.ts';
import { setProfiles, useEndpoint } from './endpoint.ts';

const code = 'def greet(name):\n    return name\n';

interface Result {
  readonly status: string;
  readonly message?: string;
}

describe('a connection that fails', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const servers: Server[] = [];

  beforeEach(() => setProfile(demo().url));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Listens with what is done to each connection; the port. */
  const listen = async (connected: (socket: Socket) => void): Promise<number> => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      connected(socket);
    });
    server.on('close', () => sockets.forEach((socket) => socket.destroy()));
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };

  let files = 0;
  const replace = async (): Promise<Result> => {
    const editor = await openFile(file(`greet${files++}.py`), code);
    select(editor, code);
    const result = await vscode.commands.executeCommand<Result>('askance.replaceSelection', {
      instruction: 'Add types.',
      keep: true,
    });
    if (result.status === 'failed') assert.equal(editor.document.getText(), code);
    return result;
  };

  const failing: readonly (readonly [what: string, prepare: () => Promise<string>, told: RegExp])[] = [
    [
      'is refused',
      async () => `http://127.0.0.1:${await closedPort()}`,
      /refused the connection.* is the machine where the workspace is\.$/,
    ],
    ['leads to a name that nobody has', async () => 'http://nobody.invalid', /nobody\.invalid was not found/],
    ['is no TLS', async () => `https://${new URL(demo().url).host}`, /No secure connection/],
    [
      'is accepted and never answered',
      async () => `http://127.0.0.1:${await listen((socket) => void socket.resume())}`,
      /No answer came within 2 seconds/,
    ],
    [
      'is answered by a byte of a header at a time',
      async () => `http://127.0.0.1:${await listen(dripHeaders)}`,
      /No answer came within 2 seconds/,
    ],
    [
      'is closed before the answer',
      async () => `http://127.0.0.1:${await listen((socket) => void socket.once('data', () => socket.end()))}`,
      /connection was lost before the answer came/,
    ],
  ];
  for (const [what, prepare, told] of failing) {
    it(`because it ${what} is told, and the next request works`, async () => {
      await setSetting('askance.network.firstByteTimeout', 2);
      await setProfile(await prepare());
      const { status, message } = await replace();
      assert.equal(status, 'failed');
      assert.match(message ?? '', told);
      await setProfile(demo().url);
      await setSetting('askance.network.firstByteTimeout', undefined);
      assert.equal((await replace()).status, 'applied');
      assert.equal(demo().requests.length, 1);
    });
  }

  it('because the proxy wants credentials is told, and the next request works', async () => {
    const proxy = createHttpServer((_, response) => response.writeHead(407).end());
    proxy.on('connect', (_, socket) => socket.end(proxyRefusal));
    servers.push(proxy);
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    await setProfile('http://api.example.test/v1');
    await setSetting('http.proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const { status, message } = await replace();
    await setSetting('http.proxy', undefined);
    assert.equal(status, 'failed');
    assert.match(message ?? '', /proxy asks for credentials/);
    await setProfile(demo().url);
    assert.equal((await replace()).status, 'applied');
  });

  it('in any way leaves no socket, timer or signal behind', async function () {
    this.timeout(120_000);
    const faults: readonly Fault[] = [
      { kind: 'status', status: 400 },
      { kind: 'status', status: 500 },
      { kind: 'html' },
      { kind: 'emptyBody' },
      { kind: 'errorIn200' },
      { kind: 'errorInStream', afterDeltas: 3 },
      { kind: 'halfEvent', afterDeltas: 3 },
      { kind: 'reset', afterBytes: 1 },
      { kind: 'reset', afterBytes: 2000 },
      { kind: 'toolCall' },
      { kind: 'gzip' },
      { kind: 'closeWithoutLength' },
    ];
    const round = async (): Promise<void> => {
      for (const fault of faults) {
        demo().enqueue({ kind: 'fault', fault });
        await replace();
      }
      assert.equal((await replace()).status, 'applied');
    };
    await round();
    const before = living();
    for (let times = 0; times < 3; times += 1) await round();
    const after = living();
    for (const [what, count] of Object.entries(after)) {
      // Three rounds are 39 requests; VS Code itself has timers and signals that come and go.
      assert.ok(count <= (before[what] ?? 0) + 8, `${what}: ${before[what]} before, ${count} after`);
    }
    assert.equal(demo().requests.length, 4 * (faults.length + 1), 'each is asked for once');
  });
});

/** How many objects of a kind are reachable in this extension host; collects garbage first. */
function living(): Readonly<Record<string, number>> {
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  const count = (constructor: Function): number => queryObjects(constructor, { format: 'count' });
  return { sockets: count(Socket), signals: count(AbortSignal), timers: count(timer.constructor) };
}

const proxyRefusal = [
  'HTTP/1.1 407 Proxy Authentication Required',
  'Proxy-Authenticate: Basic realm="proxy"',
  'Content-Length: 0',
  'Connection: close',
  '\r\n',
].join('\r\n');

function dripHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  const timer = setInterval(() => socket.write('x'), 100);
  socket.on('close', () => clearInterval(timer));
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function setProfile(baseUrl: string): Promise<void> {
  return setProfiles([{ name: 'Host', baseUrl, model: 'demo' }]);
}

async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}
