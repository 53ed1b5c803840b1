import { AsyncLocalStorage } from 'node:async_hooks';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { Agent, buildConnector, Dispatcher } from 'undici';
import { Attempt } from './attempt.ts';
import { decoded } from './contentEncoding.ts';
import type { HttpRequest } from './request.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection stands, with TLS. */
  readonly connectTimeout: number;
  /** From there to the first byte of the answer. */
  readonly firstByteTimeout: number;
  /** Between two pieces of the answer. */
  readonly stallTimeout: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; of several with one name, all, joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** To be read once. Leaving the loop before the end closes the connection. Throws as `send` does. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Transport {
  /**
   * Posts a request. Redirects are not followed.
   * @throws TransportError, or the signal's reason.
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Loads what the first request needs. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** A transport with connections of its own, which are kept open and used again. */
export function createTransport(timeouts: Timeouts): Transport {
  return new UndiciTransport(timeouts);
}

class UndiciTransport implements Transport {
  readonly #timeouts: Timeouts;
  /** Tells a connection which request it is made for. */
  readonly #attempts = new AsyncLocalStorage<Attempt>();
  #agent: Promise<Agent> | undefined;

  constructor(timeouts: Timeouts) {
    this.#timeouts = timeouts;
  }

  async send({ url, headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const agent = await this.#load();
    signal.throwIfAborted();
    const attempt = new Attempt(this.#timeouts, signal);
    const { origin, pathname, search } = new URL(url);
    try {
      const response = await this.#attempts.run(attempt, () =>
        agent.request({ origin, path: pathname + search, method: 'POST', headers, body, signal: attempt.signal }),
      );
      const fields = joinedFields(response.headers);
      return {
        status: response.statusCode,
        headers: fields,
        body: pieces(decoded(response.body, fields['content-encoding']), attempt),
      };
    } catch (error) {
      throw attempt.explain(error);
    }
  }

  async warm(): Promise<void> {
    await this.#load();
  }

  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.destroy();
  }

  #load(): Promise<Agent> {
    this.#agent ??= this.#createAgent();
    return this.#agent;
  }

  async #createAgent(): Promise<Agent> {
    const { Agent } = await import('undici');
    return new Agent({
      allowH2: false,
      connect: (options, callback) => this.#connect(options, callback),
      // The clock of the attempt knows more and is exact.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    });
  }

  #connect({ protocol, hostname, port }: buildConnector.Options, callback: buildConnector.Callback): void {
    const isTls = protocol === 'https:';
    const connectedEvent = isTls ? 'secureConnect' : 'connect';
    const socket: Socket = isTls
      ? connectTls({
          host: hostname,
          port: Number(port || 443),
          // RFC 6066, 3: no addresses.
          ...(isIP(hostname) === 0 && { servername: hostname }),
          ALPNProtocols: ['http/1.1'],
        })
      : connectTcp({ host: hostname, port: Number(port || 80) });
    const fail = (error: Error): void => callback(error, null);
    socket.setNoDelay(true).setKeepAlive(true, 60_000);
    this.#attempts.getStore()?.connecting(socket, connectedEvent);
    socket.once('error', fail);
    socket.once(connectedEvent, () => {
      socket.off('error', fail);
      callback(null, socket);
    });
  }
}

/** The bytes of a body as they come, with the attempt's clock running while one is waited for. */
async function* pieces(body: Readable, attempt: Attempt): AsyncGenerator<Uint8Array, void> {
  body.on('error', () => {});
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      attempt.pause();
      if (piece instanceof Uint8Array) yield piece;
      attempt.wait('stalled');
    }
  } catch (error) {
    throw attempt.explain(error);
  } finally {
    attempt.pause();
    finish(body);
  }
}

/**
 * A reader who has all of an answer leaves before the end of the body, which mostly comes at once and leaves the
 * connection to the next request. A body that goes on is cut off.
 */
function finish(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  const cut = setTimeout(() => body.destroy(), lingerMilliseconds);
  body.once('close', () => clearTimeout(cut));
  body.resume();
}

const lingerMilliseconds = 25;

function joinedFields(fields: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
