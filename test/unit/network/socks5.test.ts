import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ProxyRoute } from '../../../src/network/proxy.ts';
import { ProxyError } from '../../../src/network/proxyError.ts';
import { openSocks5 } from '../../../src/network/socks5.ts';
import { serveTcp, type LocalServer } from './localServer.ts';

const never = new AbortController().signal;
const noCredentials = [5, 0];
const granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

describe('openSocks5', () => {
  const opened: Socket[] = [];
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.destroy();
  });

  /** A proxy that answers each message with the next reply and records what it got; optionally disconnects after the last. */
  async function serve(
    replies: readonly (readonly number[])[],
    leaves = false,
  ): Promise<LocalServer & { got: number[][] }> {
    const got: number[][] = [];
    const server = await serveTcp((socket) => {
      const rest = [...replies];
      socket.on('data', (bytes) => {
        got.push([...bytes]);
        const reply = rest.shift();
        if (reply) socket.write(Buffer.from(reply));
        if (leaves && rest.length === 0) socket.end();
      });
    });
    return Object.assign(server, { got });
  }

  function routeTo(port: number, credentials = ''): ProxyRoute {
    const url = new URL(`socks5://${credentials}127.0.0.1:${port}`);
    return { kind: 'proxy', url, source: 'http.proxy', authorization: undefined };
  }

  async function open(port: number, host = 'a.test', credentials = '', signal = never): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    opened.push(socket);
    await once(socket, 'connect');
    const listeners = () => ['readable', 'end'].map((event) => socket.listenerCount(event));
    const before = listeners();
    await openSocks5(socket, { host, port: 258 }, routeTo(port, credentials), signal);
    assert.deepEqual(listeners(), before, 'the socket is left to the next reader');
    return socket;
  }

  function refusal(code: ProxyError['code'], message: string): (error: unknown) => true {
    return (error) => {
      assert.ok(error instanceof ProxyError, String(error));
      assert.deepEqual([error.code, error.message], [code, message]);
      return true;
    };
  }

  for (const [host, sent] of [
    ['10.0.0.7', [1, 10, 0, 0, 7]],
    ['a.test', [3, 6, ...Buffer.from('a.test')]],
    ['2001:db8::5', [4, 0x20, 1, 0x0d, 0xb8, ...Array<number>(11).fill(0), 5]],
    ['::1', [4, ...Array<number>(15).fill(0), 1]],
    ['fe80::', [4, 0xfe, 0x80, ...Array<number>(14).fill(0)]],
    ['1:2:3:4:5:6:7:ff08', [4, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0xff, 8]],
    ['n'.repeat(255), [3, 255, ...Buffer.from('n'.repeat(255))]],
  ] as const) {
    it(`encodes ${host.slice(0, 20)} by its address type`, async () => {
      await using proxy = await serve([noCredentials, granted]);
      await open(proxy.port, host);
      assert.deepEqual(proxy.got, [
        [5, 1, 0],
        [5, 1, 0, ...sent, 1, 2],
      ]);
    });
  }

  it("leaves the endpoint's first bytes unread, for all address types", async () => {
    for (const bound of [
      [1, 127, 0, 0, 1],
      [3, 4, ...Buffer.from('here')],
      [3, 0],
      [4, ...Array<number>(16).fill(7)],
    ]) {
      await using proxy = await serve([noCredentials, [5, 0, 0, ...bound, 0, 80, ...Buffer.from('hello')]]);
      const socket = await open(proxy.port);
      assert.equal(String(socket.read()), 'hello');
    }
  });

  it('reads replies that arrive byte by byte', async () => {
    await using proxy = await serveTcp((socket) => {
      const rest = [noCredentials, granted];
      const answer = async (reply: readonly number[] = []): Promise<void> => {
        for (const byte of reply) {
          socket.write(Buffer.of(byte));
          await setImmediate();
        }
      };
      socket.on('data', () => void answer(rest.shift()));
    });
    await open(proxy.port);
  });

  it('offers credentials if there are any, and sends them on request', async () => {
    await using asking = await serve([[5, 2], [1, 0], granted]);
    await open(asking.port, 'a.test', 'me:p%40ss@');
    assert.deepEqual(asking.got.slice(0, 2), [
      [5, 2, 0, 2],
      [1, 2, ...Buffer.from('me'), 4, ...Buffer.from('p@ss')],
    ]);
    await using willing = await serve([noCredentials, granted]);
    await open(willing.port, 'a.test', 'me:p%40ss@');
    assert.equal(willing.got.length, 2);
  });

  for (const [reply, words] of [
    [1, 'it failed'],
    [2, 'its rules do not allow the connection'],
    [3, 'the network cannot be reached'],
    [4, 'the host cannot be reached'],
    [5, 'the host refused the connection'],
    [6, 'it took too long'],
    [7, 'it makes no such connections'],
    [8, 'it does not know this kind of address'],
    [9, 'reply 9'],
  ] as const) {
    it(`explains reply ${reply}`, async () => {
      await using proxy = await serve([noCredentials, [5, reply, 0, 1, 0, 0, 0, 0, 0, 0]]);
      await assert.rejects(open(proxy.port), refusal('ERR_PROXY', `The proxy refused: ${words}.`));
    });
  }

  for (const [what, replies, credentials, message] of [
    ['it asks for credentials and there are none', [[5, 2]], '', 'The proxy asks for credentials.'],
    ['it takes no way to log in', [[5, 0xff]], 'me:p@', 'The proxy asks for credentials.'],
    [
      'it knows them not',
      [
        [5, 2],
        [1, 1],
      ],
      'me:p@',
      'The proxy refused the credentials.',
    ],
  ] as const) {
    it(`reports missing credentials if ${what}`, async () => {
      await using proxy = await serve(replies);
      await assert.rejects(open(proxy.port, 'a.test', credentials), refusal('ERR_PROXY_CREDENTIALS', message));
    });
  }

  it('reports a proxy that speaks another protocol', async () => {
    await using proxy = await serve([[4, 0]]);
    await assert.rejects(open(proxy.port), refusal('ERR_PROXY', 'The proxy does not speak SOCKS 5.'));
  });

  it('reports a proxy that disconnects at any step', async () => {
    for (const replies of [[], [[5]], [noCredentials], [noCredentials, granted.slice(0, -1)]]) {
      await using proxy = await serve(replies, true);
      await assert.rejects(open(proxy.port), refusal('ERR_PROXY', 'The proxy closed the connection.'));
    }
  });

  it('reports a proxy that disconnected before its last reply was read', async () => {
    const socket = new Duplex({ read: () => {}, write: (_bytes, _encoding, done) => done() });
    socket.push(Buffer.from(noCredentials));
    socket.push(null);
    const opening = openSocks5(socket as Socket, { host: 'a.test', port: 80 }, routeTo(1), never);
    await assert.rejects(opening, refusal('ERR_PROXY', 'The proxy closed the connection.'));
  });

  it('rejects when it is cancelled', async () => {
    const controller = new AbortController();
    await using proxy = await serveTcp((socket) => socket.once('data', () => controller.abort()));
    await assert.rejects(open(proxy.port, 'a.test', '', controller.signal), { name: 'AbortError' });
  });

  it('rejects credentials and names longer than 255 bytes', async () => {
    const long = 'n'.repeat(256);
    for (const [host, credentials] of [
      [long, ''],
      ['a.test', `${long}:p@`],
      ['a.test', `me:${long}@`],
    ] as const) {
      await using proxy = await serve([credentials === '' ? noCredentials : [5, 2]]);
      const message = 'A name or password is too long for SOCKS 5.';
      await assert.rejects(open(proxy.port, host, credentials), refusal('ERR_PROXY', message));
    }
  });
});
