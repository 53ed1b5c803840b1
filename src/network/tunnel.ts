import type { Socket } from 'node:net';
import { proxyStatusError } from './proxyError.ts';
import type { ProxyRoute } from './proxy.ts';

/**
 * Asks the HTTP proxy at the other end of the socket for a tunnel (RFC 9110, 9.3.6); the socket then leads through it.
 * @param authority Host and port of the tunnel's end.
 * @throws ProxyError when the proxy refuses.
 */
export async function openTunnel(
  socket: Socket,
  authority: string,
  { url, authorization }: ProxyRoute,
  signal: AbortSignal,
): Promise<void> {
  const { Client } = await import('./undici.ts');
  const client = new Client(url.origin, {
    // undici doesn't expect the callback to run synchronously.
    connect: (_, callback) => queueMicrotask(() => callback(null, socket)),
    headersTimeout: 0,
  });
  const headers = { host: authority, ...(authorization !== undefined && { 'proxy-authorization': authorization }) };
  const { statusCode } = await client.connect({ path: authority, headers, signal });
  if (statusCode < 200 || statusCode > 299) throw proxyStatusError(statusCode);
}
