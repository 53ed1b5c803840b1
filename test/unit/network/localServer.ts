import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** All accepted connections, in order. */
  readonly sockets: readonly Socket[];
  /** Resolves when a connection is accepted. */
  connection(): Promise<Socket>;
}

/** An HTTP server on 127.0.0.1; port 0 for a free one. */
export function serveHttp(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  port = 0,
): Promise<LocalServer> {
  return listen(
    createServer((request, response) => void answer(request, response)),
    port,
  );
}

/** A server of `api.example.test`, `localhost` and 127.0.0.1, with a certificate from a private authority. */
export function serveHttps(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<LocalServer> {
  return listen(createSecureServer(serverIdentity(), (request, response) => void answer(request, response)));
}

export function serverIdentity(): { key: string; cert: string } {
  return { key: certificate('test-server-key'), cert: certificate('test-server') };
}

/** The authority of the `serveHttps` certificate. */
export function privateAuthority(): string {
  return certificate('test-authority');
}

function certificate(name: string): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');
}

/** A TCP server with a custom connection handler. */
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

/** Resolves when the other end has closed the connection, with a reset or without. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

export async function listen(server: Server, wanted = 0): Promise<LocalServer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.listen(wanted, '127.0.0.1');
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
