import { Readable } from 'node:stream';
import { RequestClock } from './requestClock.ts';
import { connectFailure } from './connectFailure.ts';
import { bodyChunks } from './bodyChunks.ts';
import { proxyStatusError } from './proxyError.ts';
import type { Fetch, HttpRequest } from './transport.ts';
import type { HttpResponse, Timeouts, Transport } from './transport.ts';

/** Sends requests with the given `fetch`, whose own timeouts apply in addition. */
export class FetchTransport implements Transport {
  readonly #timeouts: Timeouts;
  readonly #fetch: Fetch;

  constructor(timeouts: Timeouts, fetch: Fetch) {
    this.#timeouts = timeouts;
    this.#fetch = fetch;
  }

  async send({ url, method = 'POST', headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const clock = new RequestClock(this.#timeouts, signal);
    try {
      const response = await this.#fetch(url, {
        method,
        // By default fetch asks for compression, which makes a gateway buffer chunks.
        headers: { ...headers, 'Accept-Encoding': 'identity' },
        body: body === '' ? null : body,
        redirect: 'manual',
        signal: clock.signal,
      });
      if (response.status === 407) {
        await response.body?.cancel();
        throw proxyStatusError(407);
      }
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: bodyChunks(response.body ? Readable.fromWeb(response.body) : Readable.from([]), clock),
      };
    } catch (error) {
      const cause = fetchCause(error);
      if (isNeverSent(cause)) clock.neverSent(cause);
      throw clock.explain(cause);
    }
  }

  async warm(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Unwraps the cause of `TypeError: fetch failed`. */
function fetchCause(error: unknown): unknown {
  const cause = error instanceof TypeError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return cause;
  // From a forwarding proxy, and from fetch itself (Fetch standard, HTTP-network-or-cache fetch, 407).
  if (/^proxy authentication required/i.test(cause.message)) return proxyStatusError(407);
  const status = /^Proxy response \((\d{3})\)/.exec(cause.message)?.[1];
  return status === undefined ? cause : proxyStatusError(Number(status));
}

/** Only an error that precedes the connection proves that nothing was sent. */
function isNeverSent(cause: unknown): boolean {
  const { reason, code } = connectFailure(cause);
  // The server answered the TLS handshake in another protocol.
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return true;
  if (code === 'ETIMEDOUT') return cause instanceof Error && 'syscall' in cause && cause.syscall === 'connect';
  return reason !== 'other' && reason !== 'tls';
}
