import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { bareHost } from './noProxy.ts';
import { isSocks, type ProxyRoute, type Route } from './proxy.ts';
import { ProxyError } from './proxyError.ts';

/** The steps of opening a connection, in order. `proxyTls` and `tunnel` occur only with a proxy. */
export type SocketStep = 'lookup' | 'tcp' | 'proxyTls' | 'tunnel' | 'tls';

export interface Way {
  readonly route: Route;
  /** The authorities to trust; undefined means Node's own. Called only for TLS. */
  readonly secureContext: () => Promise<SecureContext | undefined>;
}

/**
 * Opens a connection that can carry a request to `target`. When `signal` aborts, it rejects at once and closes the
 * socket, at any step.
 * @param reached Called after each step.
 * @throws The socket's error, or a ProxyError if the proxy failed.
 */
export async function openSocket(
  target: URL,
  way: Way,
  signal: AbortSignal,
  reached: (step: SocketStep) => void = () => {},
): Promise<Socket> {
  signal.throwIfAborted();
  const { route } = way;
  if (route.kind === 'unusable') {
    throw new ProxyError('ERR_PROXY', `${route.source} is not the URL of an HTTP, HTTPS or SOCKS 5 proxy.`);
  }
  const tcp = connectTcp(address(route.kind === 'proxy' ? route.url : target));
  const close = (): void => void tcp.destroy();
  signal.addEventListener('abort', close, { once: true });
  try {
    return await new Opening(target, way, signal, reached).over(tcp);
  } catch (error) {
    tcp.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

class Opening {
  readonly #target: URL;
  readonly #way: Way;
  readonly #signal: AbortSignal;
  readonly #reached: (step: SocketStep) => void;

  constructor(target: URL, way: Way, signal: AbortSignal, reached: (step: SocketStep) => void) {
    this.#target = target;
    this.#way = way;
    this.#signal = signal;
    this.#reached = reached;
  }

  async over(tcp: Socket): Promise<Socket> {
    const { route } = this.#way;
    tcp.setNoDelay(true).setKeepAlive(true, 60_000);
    tcp.once('lookup', () => this.#reached('lookup'));
    const socket = route.kind === 'proxy' ? await this.#throughProxy(tcp, route) : await this.#connected(tcp);
    return this.#target.protocol === 'https:' ? this.#secured(socket, this.#target, 'tls') : socket;
  }

  async #throughProxy(tcp: Socket, proxy: ProxyRoute): Promise<Socket> {
    try {
      const connected = await this.#connected(tcp);
      const isSecure = proxy.url.protocol === 'https:';
      const socket = isSecure ? await this.#secured(connected, proxy.url, 'proxyTls') : connected;
      if (!isForwarded(this.#target, proxy)) await this.#openTunnel(socket, proxy);
      return socket;
    } catch (error) {
      if (error instanceof ProxyError) throw error;
      throw new ProxyError('ERR_PROXY', 'The proxy could not be reached.', { cause: error });
    }
  }

  async #openTunnel(socket: Socket, proxy: ProxyRoute): Promise<void> {
    const { host, port } = address(this.#target);
    // Few users have a proxy, so its protocols aren't loaded at start.
    if (isSocks(proxy)) {
      const { openSocks5 } = await import('./socks5.ts');
      await openSocks5(socket, { host, port }, proxy, this.#signal);
    } else {
      const { openTunnel } = await import('./tunnel.ts');
      await openTunnel(socket, `${this.#target.hostname}:${port}`, proxy, this.#signal);
    }
    this.#reached('tunnel');
  }

  async #connected(tcp: Socket): Promise<Socket> {
    await this.#once(tcp, 'connect');
    this.#reached('tcp');
    return tcp;
  }

  async #secured(socket: Socket, { hostname }: URL, step: SocketStep): Promise<Socket> {
    const host = bareHost(hostname);
    const secureContext = await this.#way.secureContext();
    const tls = connectTls({
      socket,
      host,
      // RFC 6066, 3: no addresses.
      ...(isIP(host) === 0 && { servername: host }),
      ...(secureContext && { secureContext }),
      ALPNProtocols: ['http/1.1'],
    });
    await this.#once(tls, 'secureConnect');
    this.#reached(step);
    return tls;
  }

  /** Waits for the event and rejects with the socket's error. Errors after that must not become unhandled. */
  async #once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
    socket.on('error', () => {});
    await once(socket, event, { signal: this.#signal });
  }
}

/** Whether the proxy gets the request itself, with an absolute URL (RFC 9112, 3.2.2), instead of opening a tunnel. */
export function isForwarded(target: URL, route: Route): route is ProxyRoute {
  return route.kind === 'proxy' && target.protocol === 'http:' && !isSocks(route);
}

function address({ protocol, hostname, port }: URL): { host: string; port: number } {
  return { host: bareHost(hostname), port: Number(port) || (defaultPorts[protocol] ?? 1080) };
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
