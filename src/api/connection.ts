import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { bareHost } from './noProxy.ts';
import { isSocks, type ProxyRoute, type Route } from './proxy.ts';
import { ProxyError } from './proxyError.ts';
import { openSocks5 } from './socks5.ts';
import { openTunnel } from './tunnel.ts';

/** What is reached, in this order, on the way to a connection. `proxyTls` and `tunnel` only where there is a proxy. */
export type ConnectionStep = 'lookup' | 'tcp' | 'proxyTls' | 'tunnel' | 'tls';

export interface Way {
  readonly route: Route;
  /** Knows the authorities to trust. Asked for only where TLS is spoken; nothing for Node's own. */
  readonly secureContext: () => Promise<SecureContext | undefined>;
}

/**
 * Opens a connection over which a request to `target` can be sent. When `signal` aborts, it fails at once and the socket
 * is closed, at whatever step it was.
 * @param reached Called with every step that is done.
 * @throws The error of the socket; ProxyError for what the proxy failed at.
 */
export async function openConnection(
  target: URL,
  { route, secureContext }: Way,
  signal: AbortSignal,
  reached: (step: ConnectionStep) => void = () => {},
): Promise<Socket> {
  signal.throwIfAborted();
  if (route.kind === 'unusable') {
    throw new ProxyError('ERR_PROXY', `${route.source} is not the URL of an HTTP, HTTPS or SOCKS 5 proxy.`);
  }
  const tcp = connectTcp(route.kind === 'proxy' ? address(route.url) : address(target));
  const close = (): void => void tcp.destroy();
  signal.addEventListener('abort', close, { once: true });

  /** The socket, once it is connected. Whoever waits hears its errors; later ones must not be unheard. */
  const connected = async (socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> => {
    socket.on('error', () => {});
    await once(socket, event, { signal });
    return socket;
  };
  const secured = async (socket: Socket, { hostname }: URL): Promise<Socket> => {
    const host = bareHost(hostname);
    // RFC 6066, 3: no addresses.
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const context = await secureContext();
    const trust = context ? { secureContext: context } : {};
    return connected(
      connectTls({ socket, host, ...servername, ...trust, ALPNProtocols: ['http/1.1'] }),
      'secureConnect',
    );
  };
  const throughProxy = async (proxy: ProxyRoute): Promise<Socket> => {
    let socket = await connected(tcp, 'connect');
    reached('tcp');
    if (proxy.url.protocol === 'https:') {
      socket = await secured(socket, proxy.url);
      reached('proxyTls');
    }
    if (isForwarded(target, proxy)) return socket;
    const { host, port } = address(target);
    if (isSocks(proxy)) await openSocks5(socket, { host, port }, proxy, signal);
    else await openTunnel(socket, `${target.hostname}:${port}`, proxy, signal);
    reached('tunnel');
    return socket;
  };

  try {
    tcp.once('lookup', () => reached('lookup'));
    tcp.setNoDelay(true).setKeepAlive(true, 60_000);
    let socket: Socket;
    if (route.kind === 'proxy') {
      socket = await throughProxy(route).catch((error: unknown) => Promise.reject(asProxyError(error)));
    } else {
      socket = await connected(tcp, 'connect');
      reached('tcp');
    }
    if (target.protocol === 'https:') {
      socket = await secured(socket, target);
      reached('tls');
    }
    return socket;
  } catch (error) {
    tcp.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Whether the proxy gets the request itself, with the whole URL in it (RFC 9112, 3.2.2), instead of opening a tunnel. */
export function isForwarded(target: URL, route: Route): route is ProxyRoute {
  return route.kind === 'proxy' && target.protocol === 'http:' && !isSocks(route);
}

function address({ protocol, hostname, port }: URL): { host: string; port: number } {
  return { host: bareHost(hostname), port: Number(port) || (defaultPorts[protocol] ?? 1080) };
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

function asProxyError(error: unknown): ProxyError {
  if (error instanceof ProxyError) return error;
  return new ProxyError('ERR_PROXY', 'The proxy could not be reached.', { cause: error });
}
