import { Readable } from 'node:stream';
import { Attempt } from './requestClock.ts';
import { connectFailure } from './connectFailure.ts';
import { pieces } from './bodyChunks.ts';
import { proxyStatusError } from './proxyError.ts';
import type { Fetch, HttpRequest } from './transport.ts';
import type { HttpResponse, Timeouts, Transport } from './transport.ts';

/** The connections of a `fetch` that was handed in. Its own time limits hold beside the given ones. */
export class FetchTransport implements Transport {
  readonly #timeouts: Timeouts;
  readonly #fetch: Fetch;

  constructor(timeouts: Timeouts, fetch: Fetch) {
    this.#timeouts = timeouts;
    this.#fetch = fetch;
  }

  async send({ url, method = 'POST', headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const attempt = new Attempt(this.#timeouts, signal);
    try {
      const response = await this.#fetch(url, {
        method,
        // By itself fetch asks for compression, which makes a gateway hold pieces back.
        headers: { ...headers, 'Accept-Encoding': 'identity' },
        body: body === '' ? null : body,
        redirect: 'manual',
        signal: attempt.signal,
      });
      if (response.status === 407) {
        await response.body?.cancel();
        throw proxyStatusError(407);
      }
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: pieces(response.body ? Readable.fromWeb(response.body) : Readable.from([]), attempt),
      };
    } catch (error) {
      const cause = fetchCause(error);
      if (isNeverSent(cause)) attempt.neverSent(cause);
      throw attempt.explain(cause);
    }
  }

  async warm(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Behind the `TypeError: fetch failed` stands what happened. */
function fetchCause(error: unknown): unknown {
  const cause = error instanceof TypeError && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return cause;
  // A proxy that was asked to forward the request, and fetch itself (Fetch standard, HTTP-network-or-cache fetch, 407).
  if (/^proxy authentication required/i.test(cause.message)) return proxyStatusError(407);
  const status = /^Proxy response \((\d{3})\)/.exec(cause.message)?.[1];
  return status === undefined ? cause : proxyStatusError(Number(status));
}

/** Only what happens before a connection stands proves that nothing was sent. */
function isNeverSent(cause: unknown): boolean {
  const { reason, code } = connectFailure(cause);
  // The other side answered TLS's first message in another language.
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return true;
  if (code === 'ETIMEDOUT') return cause instanceof Error && 'syscall' in cause && cause.syscall === 'connect';
  return reason !== 'other' && reason !== 'tls';
}
