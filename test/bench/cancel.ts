// `npm run bench:api`: how soon after a cancel the socket is free, in every phase of a question. It judges nothing.
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { completeOnce, complete } from '../../src/api/client.ts';
import type { CompletionEvent } from '../../src/api/events.ts';
import { parseConnection } from '../../src/api/connection/connection.ts';
import { buildRequest, type CompletionRequest } from '../../src/api/request.ts';
import { createTransport, direct } from '../../src/network/createTransport.ts';
import { main } from '../workbench/complaint.ts';

const runs = 9;
const timeouts = { connectTimeout: 60_000, firstByteTimeout: 60_000, stallTimeout: 60_000 };

interface Phase {
  readonly name: string;
  readonly secure?: boolean;
  /** Whether the server is the proxy on the way to another one. */
  readonly proxied?: boolean;
  readonly server: () => Server;
  /** Resolves when the phase is reached. */
  readonly reached: (server: Server, events: AsyncGenerator<CompletionEvent, void>) => Promise<unknown>;
  readonly retries?: boolean;
}

const text = 'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n';
const phases: readonly Phase[] = [
  {
    name: 'connecting: the proxy never answers',
    proxied: true,
    server: () => createTcpServer((socket) => socket.resume().on('error', () => undefined)),
    reached: async (server, events) => {
      void events.next().catch(() => undefined);
      const [socket]: Socket[] = await once(server, 'connection');
      if (socket) await once(socket, 'data');
    },
  },
  {
    name: 'connecting: the server never answers the TLS handshake',
    secure: true,
    server: () => createTcpServer((socket) => socket.on('error', () => undefined)),
    reached: async (server, events) => {
      void events.next().catch(() => undefined);
      await once(server, 'connection');
    },
  },
  {
    name: 'waiting for headers',
    server: () => createServer(() => undefined),
    reached: async (server, events) => {
      void events.next().catch(() => undefined);
      await once(server, 'request');
    },
  },
  {
    name: 'streaming',
    server: () => createServer((_, response) => void response.writeHead(200).write(text)),
    reached: async (_, events) => events.next(),
  },
  {
    name: 'countdown before a retry',
    retries: true,
    server: () => createServer((_, response) => response.writeHead(429, { 'retry-after': '30' }).end()),
    reached: async (_, events) => events.next(),
  },
];

await main(async () => {
  for (const phase of phases) {
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await measure(phase));
    times.sort((a, b) => a - b);
    const [median, worst] = [times[Math.floor(runs / 2)] ?? 0, times.at(-1) ?? 0];
    console.log(`${phase.name}: ${median.toFixed(1)} ms, at most ${worst.toFixed(1)} ms`);
  }
});
process.exit();

/** Milliseconds from the cancel to the close of the socket at the server, or to the end of the wait. */
async function measure({ secure, proxied, server: create, reached, retries }: Phase): Promise<number> {
  const server = create();
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const at = `127.0.0.1:${port}`;
  const proxy = { ...direct.proxy, proxy: `http://${at}`, proxySupport: 'override' };
  const transport = createTransport(timeouts, proxied ? { ...direct, proxy } : direct);
  const controller = new AbortController();
  const ask = retries ? complete : completeOnce;
  const events = ask(
    requestTo(proxied ? 'https://api.example.test' : `${secure ? 'https' : 'http'}://${at}`),
    transport,
    controller.signal,
  );
  await reached(server, events);
  const [socket] = sockets;
  const freed = retries || !socket ? events.next().catch(() => undefined) : once(socket, 'close');
  const start = performance.now();
  controller.abort();
  if (!retries) void events.next().catch(() => undefined);
  await freed;
  const milliseconds = performance.now() - start;
  for (const each of sockets) each.destroy();
  server.close();
  await transport.close();
  return milliseconds;
}

function requestTo(baseUrl: string): CompletionRequest {
  const parsed = parseConnection({ name: 'bench', baseUrl, model: 'm' }, (sentence) => sentence);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join(' '));
  return buildRequest(
    { connection: parsed.connection, messages: [{ role: 'user', content: 'Why?' }] },
    () => undefined,
  );
}
