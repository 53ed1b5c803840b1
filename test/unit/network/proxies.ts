import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { listen, serverIdentity, serveTcp, type LocalServer } from './localServer.ts';

/** A proxy that forwards everything to one port of 127.0.0.1, whatever host is requested. */
export interface Proxy extends LocalServer {
  /** The requests: methods and targets, or hosts and ports. */
  readonly asked: string[];
}

/** An HTTP proxy that tunnels and forwards; requires the credentials if given. */
export async function serveHttpProxy(port: number, credentials?: string): Promise<Proxy> {
  const asked: string[] = [];
  const knows = ({ 'proxy-authorization': given }: NodeJS.Dict<string | string[]>): boolean =>
    credentials === undefined || given === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!knows(request.headers)) return response.writeHead(407).end();
    const { 'proxy-authorization': _, ...headers } = request.headers;
    return response.writeHead(200).end(JSON.stringify({ headers, through: request.url }));
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (knows(request.headers)) relay(socket, port, 'HTTP/1.1 200 Connection established\r\n\r\n');
    else socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  return Object.assign(await listen(server), { asked });
}

/** A SOCKS 5 proxy (RFC 1928); requires the credentials if given. */
export async function serveSocks5(port: number, credentials?: { user: string; password: string }): Promise<Proxy> {
  const asked: string[] = [];
  const serve = async (socket: Socket): Promise<void> => {
    const [, methods = 0] = await take(socket, 2);
    const offered = await take(socket, methods);
    const method = credentials ? 2 : 0;
    socket.write(Buffer.from([5, offered.includes(method) ? method : 0xff]));
    if (!offered.includes(method)) return;
    if (credentials) {
      const [, userLength = 0] = await take(socket, 2);
      const user = String(await take(socket, userLength));
      const [passwordLength = 0] = await take(socket, 1);
      const password = String(await take(socket, passwordLength));
      const known = user === credentials.user && password === credentials.password;
      socket.write(Buffer.from([1, known ? 0 : 1]));
      if (!known) return;
    }
    const [, , , type = 0] = await take(socket, 4);
    const host =
      type === 3
        ? String(await take(socket, (await take(socket, 1)).readUInt8()))
        : [...(await take(socket, type === 1 ? 4 : 16))].join('.');
    asked.push(`${host}:${(await take(socket, 2)).readUInt16BE()}`);
    relay(socket, port, Buffer.from([5, 0, 0, 3, 4, ...Buffer.from('here'), 0, 80]));
  };
  const server = await serveTcp((socket) => void serve(socket));
  return Object.assign(server, { asked });
}

/** A TLS server that forwards everything to a port of 127.0.0.1. */
export function serveTlsFront(port: number): Promise<LocalServer> {
  return listen(createTlsServer(serverIdentity(), (socket) => relay(socket, port, '')));
}

function relay(socket: Socket, port: number, greeting: string | Buffer): void {
  const upstream = connect(port, '127.0.0.1', () => {
    socket.write(greeting);
    pipeline(socket, upstream, socket, () => {});
  });
  upstream.on('error', () => socket.destroy());
}

/** Resolves with `size` bytes; never if the other end disconnects first. */
async function take(socket: Socket, size: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = socket.read(size);
    if (bytes instanceof Buffer) return bytes;
    if (size === 0) return Buffer.alloc(0);
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.once('readable', resolve);
    await promise;
  }
}
