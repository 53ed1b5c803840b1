import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { queryObjects } from 'node:v8';
import * as vscode from 'vscode';
import type { Fault } from '../../server/reply.ts';
import { openFile, select, useFolder } from './editor.ts';
import { setConnections, useEndpoint } from './endpoint.ts';

const code = 'def greet(name):\n    return name\n';

/** What happens to a connection; its base URL; what the user is told; how many requests arrive somewhere, none by default. */
type Failing = readonly [what: string, prepare: () => Promise<string>, told: RegExp, requests?: number];

interface Result {
  readonly status: string;
  readonly message?: string;
}

describe('a connection that fails', () => {
  const demo = useEndpoint();
  const file = useFolder();
  const servers: Server[] = [];
  /** Connections over which a request came to what `listen` has made. */
  let asked = 0;

  beforeEach(async () => {
    asked = 0;
    await setConnection(demo().url);
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Listens with what is done to each connection; the port. */
  const listen = async (connected: (socket: Socket) => void): Promise<number> => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
      socket.once('data', () => (asked += 1));
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

  const failing: readonly Failing[] = [
    [
      'is refused',
      async () => `http://127.0.0.1:${await closedPort()}`,
      /refused the connection.* is the remote machine that your workspace is on\.$/,
    ],
    ['leads to a name that nobody has', async () => 'http://nobody.invalid', /nobody\.invalid wasn't found/],
    ['is no TLS', async () => `https://${new URL(demo().url).host}`, /Couldn't make a secure connection/],
    [
      'is accepted and never answered',
      async () => `http://127.0.0.1:${await listen((socket) => void socket.resume())}`,
      /No answer within 2 s/,
      1,
    ],
    [
      'is answered by a byte of a header at a time',
      async () => `http://127.0.0.1:${await listen(dripHeaders)}`,
      /No answer within 2 s/,
      1,
    ],
    [
      'is closed before the answer',
      async () => `http://127.0.0.1:${await listen((socket) => void socket.once('data', () => socket.end()))}`,
      /Connection lost before an answer arrived/,
      1,
    ],
  ];
  for (const [what, prepare, told, requests = 0] of failing) {
    it(`because it ${what} is told, and the next request works`, async () => {
      await setSetting('askance.network.firstByteTimeout', 2);
      await setConnection(await prepare());
      const { status, message } = await replace();
      assert.equal(status, 'failed');
      assert.match(message ?? '', told);
      assert.equal(asked, requests, 'nothing is asked twice that may have been worked on');
      await setConnection(demo().url);
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
    await setConnection('http://api.example.test/v1');
    await setSetting('http.proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const { status, message } = await replace();
    await setSetting('http.proxy', undefined);
    assert.equal(status, 'failed');
    assert.match(message ?? '', /proxy requires credentials/);
    await setConnection(demo().url);
    assert.equal((await replace()).status, 'applied');
  });

  it('in any way leaves no socket, timer, signal or listener behind', async function () {
    this.timeout(240_000);
    await setSetting('askance.network.firstByteTimeout', 1);
    await setSetting('askance.network.stallTimeout', 1);
    const editor = await openFile(file('greet.py'), code);
    const ask = async (): Promise<void> => {
      select(editor, editor.document.getText());
      await vscode.commands.executeCommand('askance.replaceSelection', { instruction: 'Add types.', keep: true });
    };
    const answers: readonly Fault[] = [
      { kind: 'status', status: 400 },
      { kind: 'status', status: 500 },
      { kind: 'redirect', location: 'http://elsewhere.example/v1' },
      { kind: 'html' },
      { kind: 'emptyBody' },
      { kind: 'errorIn200' },
      { kind: 'errorInStream', afterDeltas: 3 },
      { kind: 'halfEvent', afterDeltas: 3 },
      { kind: 'stall', afterDeltas: 3 },
      { kind: 'reset', afterBytes: 1 },
      { kind: 'reset', afterBytes: 2000 },
      { kind: 'toolCall' },
      { kind: 'gzip' },
      { kind: 'closeWithoutLength' },
    ];
    // Node's own fetch, the second way where no connection is made, keeps a signal of each.
    const accepted = failing.filter(([what]) => /a byte|closed/.test(what));
    const faults: readonly (readonly [what: string, prepare: () => unknown])[] = [
      ...answers.map((fault) => [shown(fault), () => demo().enqueue({ kind: 'fault', fault })] as const),
      ...(await Promise.all(
        accepted.map(async ([what, prepare]) => {
          const url = await prepare();
          return [what, () => setConnection(url)] as const;
        }),
      )),
    ];
    assert.equal(faults.length, answers.length + 2);
    for (const [, prepare] of faults) {
      await prepare();
      await ask();
    }
    await setConnection(demo().url);
    let before = living();
    for (const [what, prepare] of faults) {
      for (let times = 0; times < often; times += 1) {
        await prepare();
        await ask();
      }
      const after = living();
      for (const [kind, count] of Object.entries(after)) {
        assert.ok(count < (before[kind] ?? 0) + often / 2, `${what}: ${kind} ${before[kind]} before, ${count} after`);
      }
      before = after;
    }
    assert.equal(demo().requests.length, (1 + often) * answers.length, 'each is asked for once');
    assert.equal(asked, (1 + often) * accepted.length);
    await setSetting('askance.network.firstByteTimeout', undefined);
    await setSetting('askance.network.stallTimeout', undefined);
  });
});

/** How often a fault is repeated: half of it is more than VS Code's own timers and signals come meanwhile. */
const often = 12;

function shown(fault: Fault): string {
  return Object.values(fault).join(' ');
}

/** How many objects of a kind are reachable in this extension host; collects garbage first. */
function living(): Readonly<Record<string, number>> {
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  const count = (constructor: Function): number => queryObjects(constructor, { format: 'count' });
  return {
    sockets: count(Socket),
    signals: count(AbortSignal),
    timers: count(timer.constructor),
    listeners: count(listenerClass()),
  };
}

/** What Node keeps for each listener of an AbortSignal or another EventTarget. */
function listenerClass(): Function {
  const target = new EventTarget();
  target.addEventListener('x', () => {});
  const events = Object.getOwnPropertySymbols(target).find(({ description }) => description === 'kEvents');
  const root = events && (Reflect.get(target, events) as Map<string, { readonly next?: object }>).get('x');
  assert.ok(root?.next);
  return root.next.constructor;
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

function setConnection(baseUrl: string): Promise<void> {
  return setConnections([{ name: 'Host', baseUrl, model: 'demo' }]);
}

async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}
