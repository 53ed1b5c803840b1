import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** Every connection that was accepted, in order. */
  readonly sockets: readonly Socket[];
  /** Resolves when a connection is accepted. */
  connection(): Promise<Socket>;
}

/** An HTTP server on a free port of 127.0.0.1. */
export function serveHttp(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<LocalServer> {
  return listen(createServer((request, response) => void answer(request, response)));
}

/** A server that does what it likes with its connections. */
export function serveTcp(accept: (socket: Socket) => void): Promise<LocalServer> {
  return listen(createTcpServer(accept));
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await serveTcp(() => {});
  await server[Symbol.asyncDispose]();
  return server.port;
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces = await Array.fromAsync(request);
  return Buffer.concat(pieces).toString();
}

/** Resolves when the other end has closed the connection. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}

async function listen(server: Server): Promise<LocalServer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    connection: async () => sockets[0] ?? ((await once(server, 'connection'))[0] as Socket),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
