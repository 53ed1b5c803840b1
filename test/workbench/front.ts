import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface Front extends AsyncDisposable {
  readonly port: number;
}

/**
 * Stands before VS Code's server and passes everything on, but answers `POST /mint-key` itself: with those 32 bytes the
 * workbench seals secrets in the browser, which would otherwise be lost at each reload.
 * @param port wanted; another one is taken where it is in use
 */
export async function openFront(upstream: number, port: number, secretKey: Buffer): Promise<Front> {
  const target = { host: '127.0.0.1', port: upstream };
  const sockets = new Set<Socket>();

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (incoming.method === 'POST' && incoming.url?.startsWith('/mint-key')) {
      outgoing.end(secretKey);
      return;
    }
    const onward = request({ ...target, method: incoming.method, path: incoming.url, headers: incoming.headers });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  };

  const upgrade = (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    const onward = connect(target, () => {
      const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
      for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
        lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
      }
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  };

  const server = createServer(answer).on('upgrade', upgrade);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
