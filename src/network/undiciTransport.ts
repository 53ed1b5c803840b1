import { AsyncLocalStorage } from 'node:async_hooks';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Agent, buildConnector, Dispatcher } from 'undici';
import { RequestClock } from './requestClock.ts';
import { createTrust } from './certificates.ts';
import { isForwarded, openSocket } from './socket.ts';
import { decoded } from './contentEncoding.ts';
import { bodyChunks } from './bodyChunks.ts';
import { findRoute, type Route } from './proxy.ts';
import { proxyStatusError } from './proxyError.ts';
import type { HttpRequest } from './transport.ts';
import type { HttpResponse, Network, Timeouts, Transport } from './transport.ts';

/** Askance's own connections, through the proxy named by the settings or the environment. */
export class UndiciTransport implements Transport {
  readonly #timeouts: Timeouts;
  readonly #network: Network;
  readonly #open: typeof openSocket;
  readonly #trust: () => Promise<SecureContext | undefined>;
  /** Lets a new connection find the request it is opened for. */
  readonly #clocks = new AsyncLocalStorage<RequestClock>();
  #agent: Promise<Agent> | undefined;

  /** @param open Opens the connections. */
  constructor(timeouts: Timeouts, network: Network, open = openSocket) {
    this.#timeouts = timeouts;
    this.#network = network;
    this.#open = open;
    this.#trust = createTrust(network.authorities);
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const agent = await this.#load();
    const clock = new RequestClock(this.#timeouts, signal);
    try {
      const response = await this.#clocks.run(clock, () =>
        agent.request({ ...this.#addressed(request), signal: clock.signal }),
      );
      if (response.statusCode === 407) {
        response.body.on('error', () => {}).destroy();
        const refusal = proxyStatusError(407);
        clock.neverSent(refusal);
        throw refusal;
      }
      const headers = joinedFields(response.headers);
      return {
        status: response.statusCode,
        headers,
        body: bodyChunks(decoded(response.body, headers['content-encoding']), clock),
      };
    } catch (error) {
      throw clock.explain(error);
    }
  }

  async warm(): Promise<void> {
    await Promise.all([this.#load(), this.#trust()]);
  }

  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.destroy();
  }

  #addressed({ url, method = 'POST', headers, body }: HttpRequest): Dispatcher.RequestOptions & { origin: string } {
    const target = new URL(url);
    const { origin, pathname, search } = target;
    const path = pathname + search;
    const sent = { origin, method, body: body === '' ? null : body };
    const route = this.#route(target);
    if (!isForwarded(target, route)) return { ...sent, path, headers };
    const { authorization } = route;
    const credentials = authorization === undefined ? {} : { 'Proxy-Authorization': authorization };
    return { ...sent, path: origin + path, headers: { ...headers, ...credentials } };
  }

  #route(target: URL): Route {
    return findRoute(target, this.#network.proxy, this.#network.environment);
  }

  #load(): Promise<Agent> {
    this.#agent ??= this.#createAgent();
    return this.#agent;
  }

  async #createAgent(): Promise<Agent> {
    const { Agent } = await import('./undici.ts');
    return new Agent({
      allowH2: false,
      connect: (options, callback) => void this.#connect(options, callback),
      // The request clock is exact and knows the phase.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    });
  }

  /** undici itself never aborts a connection that is still opening. */
  async #connect({ protocol, host }: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    const target = new URL(`${protocol}//${host}`);
    const way = { route: this.#route(target), secureContext: this.#trust };
    const open = (signal: AbortSignal): Promise<Socket> => this.#open(target, way, signal);
    const clock = this.#clocks.getStore();
    let socket: Socket;
    try {
      socket = await (clock ? clock.connect(open) : open(new AbortController().signal));
    } catch (error) {
      return callback(error instanceof Error ? error : new Error(String(error)), null);
    }
    callback(null, socket);
  }
}

function joinedFields(fields: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
